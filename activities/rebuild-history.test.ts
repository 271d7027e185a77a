import { describe, expect, it } from 'vitest';
import { batchRecord, charge, edition, postRecord } from '../services/archive/sample-records.js';
import { readRun, type KnownEvent } from './rebuild-history.js';

const batch = batchRecord('Zr4hK8vYp1Nc', 'ash');
const post = postRecord('UpkTZ26nc9Eb', batch);
const task = { target: 'feed', edition: edition(post) };
const publication = { target: 'feed', url: 'https://example.com', at: '2026-11-24T10:00:00.000Z' };

/** Numbered as a history is. */
const events = (...list: Omit<KnownEvent, 'id'>[]): KnownEvent[] =>
  list.map((event, index) => ({ id: index + 1, ...event }));
const record = (sequence: number) => ({
  scheduled: { activity: 'recordPost', input: { ...post, sequence } },
});

describe('what a history tells', () => {
  it('is the newest record, whatever the order, also one that was still to be written', () => {
    const { input, record: found } = readRun(events({ started: ['input'] }, record(1), record(3), record(2)));
    expect(input).toEqual(['input']);
    expect(found?.sequence).toBe(3);
  });

  it('is nothing before the first record', () => {
    expect(readRun(events({ started: [1, 2] }, {}))).toEqual({
      input: [1, 2],
      record: null,
      revisions: [],
      charges: [],
      publications: [],
      unpublication: null,
      removals: [],
      slot: null,
    });
  });

  it('is each publication that came about, with what was published', () => {
    const tried = { scheduled: { activity: 'publish', input: task } };
    const run = readRun(
      events({ started: [] }, tried, tried, { completed: { scheduled: 3, result: publication } }),
    );
    expect(run.publications).toEqual([{ task, publication }]);
  });

  it('is the last word on its slot that the archive has heard', () => {
    const word = (activity: string, sequence: number) => ({
      scheduled: { activity, input: { postId: 'UpkTZ26nc9Eb', account: 'ash', sequence } },
    });
    const heard = (scheduled: number, result?: unknown) => ({ completed: { scheduled, result } });
    const at = '2027-03-01T09:00:00.000Z';
    const taken = [word('takeSlot', 1), heard(1, 'earlier'), word('takeSlot', 2), heard(3, at)];
    expect(readRun(events(...taken, word('takeSlot', 3))).slot).toMatchObject({
      request: { sequence: 2 },
      at,
    });
    const back = readRun(events(...taken, word('giveBackSlot', 3), heard(5)));
    expect(back.slot).toMatchObject({ request: { sequence: 3 }, at: null });
  });

  it('is each charge that a paid call answered with, and none of others', () => {
    const [draft, picture, lost] = [charge('draft'), charge('hero_image'), charge('video')];
    const completed = (result: unknown) => ({ completed: { scheduled: 1, result } });
    const run = readRun(
      events(
        { scheduled: { activity: 'draft', input: {} } },
        completed({ charges: [draft] }),
        completed({ asset: 'a.png', charges: [picture] }),
        completed({ requestId: null, charge: lost }),
        completed({ requestId: 'req_1', charge: null }),
        completed(undefined),
        completed(null),
        completed('req_1'),
      ),
    );
    expect(run.charges).toEqual([draft, picture, lost]);
  });
});
