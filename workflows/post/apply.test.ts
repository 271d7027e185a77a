import { beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../contract/account.js';
import type { PostInput } from '../../contract/batch.js';
import type { Gate } from '../../contract/states.js';
import { apply } from './apply.js';
import { refusal, standingOf } from './decide.js';
import { openGate } from './opening.js';
import { markMade, newRun, rowOf, skipRest, type PostRun } from './run.js';
import { nextTask } from './task.js';

const now = new Date('2026-11-24T10:00:00Z');
const draft = {
  title: 'T',
  body: 'B',
  caption: 'C',
  hashtags: [],
  imagePrompt: 'P',
  shot: null,
  altText: 'A',
};

/** A post that was made whole and waits at the gate. */
function made(contentFormat: string, gates: readonly Gate[]): PostRun {
  const account = { review: { gates } } as unknown as Account;
  const run = newRun(
    { id: 'UpkTZ26nc9Eb', contentFormat, account } as unknown as PostInput,
    now.toISOString(),
  );
  for (const step of run.stale) rowOf(run, step).state = 'done';
  Object.assign(run, { stale: [], draft, status: 'awaiting_approval' });
  openGate(run, 'publish', now);
  return run;
}
const revise = (redo: 'text' | 'image' | 'video' | 'all') =>
  ({ kind: 'revise', by: 'a', note: 'darker', redo }) as const;

let run: PostRun;
beforeEach(() => {
  run = made('video', ['publish']);
});

describe('revise', () => {
  it.each([
    ['text', 'drafting', ['draft'], { text: 'darker', media: null }],
    ['image', 'illustrating', ['hero_image', 'video'], { text: null, media: 'darker' }],
    ['video', 'filming', ['video'], { text: null, media: 'darker' }],
    ['all', 'drafting', ['draft', 'hero_image', 'video'], { text: 'darker', media: null }],
  ] as const)('%s goes on %s', (redo, status, stale, instructions) => {
    apply(run, revise(redo), now);
    expect(run).toMatchObject({ status, revision: 2, instructions, opening: null });
    expect([...run.stale]).toEqual(stale);
  });

  it('gives what is made again a row of its own and keeps the old one', () => {
    Object.assign(rowOf(run, 'hero_image'), { asset: 'UpkTZ26nc9Eb_hero.png' });
    apply(run, revise('image'), now);
    expect(run.rows.map(({ step, state }) => `${step} ${state}`)).toEqual([
      'plan done',
      'draft done',
      'hero_image done',
      'video done',
      'hero_image pending',
      'video pending',
      'review pending',
      'publish pending',
    ]);
    expect(run.rows[2]).toMatchObject({ asset: 'UpkTZ26nc9Eb_hero.png', note: 'replaced in revision 2' });
  });

  it('asks at gate media again before it pays, and only then', () => {
    run = made('hero_text', ['media', 'publish']);
    run.passed = ['media'];
    apply(run, revise('image'), now);
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'media' });
    run = made('hero_text', ['media', 'publish']);
    apply(run, revise('text'), now);
    markMade(run, 'draft');
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });
});

describe('edit', () => {
  const edit = { kind: 'edit', by: 'a', note: null, changes: { title: 'Mine', hashtags: ['x'] } } as const;

  it('puts the words in and opens the gate again for the next revision', () => {
    apply(run, edit, now);
    expect(run).toMatchObject({
      status: 'awaiting_approval',
      revision: 2,
      draft: { title: 'Mine', hashtags: ['x'], caption: 'C' },
    });
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });

  it('takes back an approval for later', () => {
    apply(
      run,
      { kind: 'approve', by: 'a', note: null, gate: null, revision: null, publishAt: '2026-12-01T09:00:00Z' },
      now,
    );
    expect(run).toMatchObject({ status: 'scheduled', slot: '2026-12-01T09:00:00.000Z', opening: null });
    apply(run, edit, now);
    expect(run).toMatchObject({ status: 'awaiting_approval', slot: null });
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });
});

const approve = { kind: 'approve', by: 'a', note: null, gate: null, revision: null } as const;

describe('decisions that come in one turn', () => {
  const gateOf = ({ opening }: PostRun) => opening && `${opening.gate} ${opening.revision}`;

  it('a new picture and an approval: the approval is for what is open now, and publishes nothing', () => {
    run = made('hero_text', ['media', 'publish']);
    run.passed = ['media'];
    apply(run, revise('image'), now);
    expect([run.status, gateOf(run)]).toEqual(['awaiting_approval', 'media 2']);
    apply(run, { ...approve, publishAt: null }, now);
    expect(run).toMatchObject({ status: 'illustrating', passed: ['media'], opening: null });
    markMade(run, 'hero_image');
    expect(nextTask(run)).toEqual({ do: 'wait', gate: 'publish' });
  });

  it('an edit of what was scheduled and an approval: the gate is open for the edit', () => {
    apply(run, { ...approve, publishAt: '2026-12-01T09:00:00Z' }, now);
    apply(run, { kind: 'edit', by: 'a', note: null, changes: { title: 'Mine' } }, now);
    expect([run.status, gateOf(run)]).toEqual(['awaiting_approval', 'publish 2']);
    expect(refusal(standingOf(run), { ...approve, publishAt: null, revision: 1 })).toContain('revision 1');
    expect(refusal(standingOf(run), { ...approve, publishAt: null, revision: 2 })).toBeNull();
  });
});

describe('approve', () => {
  const approveAt = (publishAt: string | null) => ({ ...approve, publishAt }) as const;

  it.each(['now', 'next'])('%s publishes at once, whatever time an approval named before', (publishAt) => {
    run.slot = '2026-12-01T09:00:00.000Z';
    apply(run, approveAt(publishAt), now);
    expect(run).toMatchObject({ status: 'publishing', slot: null });
  });

  it('publishes at once, also for a time that is past', () => {
    apply(run, approveAt('2026-11-24T09:59:59Z'), now);
    expect(run.status).toBe('publishing');
    expect(nextTask(run)).toEqual({ do: 'publish' });
  });

  it('at gate media pays for the picture next', () => {
    run = made('hero_text', ['media', 'publish']);
    run.stale = ['hero_image'];
    openGate(run, 'media', now);
    apply(run, approveAt(null), now);
    expect(run).toMatchObject({ status: 'illustrating', opening: null });
    expect(nextTask(run)).toEqual({ do: 'illustrate', step: 'hero_image' });
  });
});

describe('an account that wants a person at one gate only', () => {
  const at = '2026-12-01T09:00:00.000Z';
  it('publishes at the time that the approval at gate media named', () => {
    run = made('hero_text', ['media']);
    Object.assign(run, { stale: ['hero_image'], opening: null });
    openGate(run, 'media', now);
    apply(run, { ...approve, publishAt: at }, now);
    expect(run).toMatchObject({ status: 'illustrating', slot: at });
    markMade(run, 'hero_image');
    expect(nextTask(run)).toEqual({ do: 'wait-for-slot' });
    run.status = 'publishing';
    expect(nextTask(run)).toEqual({ do: 'publish' });
  });

  it('keeps that time when the words are edited', () => {
    run = made('hero_text', ['media']);
    Object.assign(run, { status: 'scheduled', slot: at, passed: ['media'], opening: null });
    apply(run, { kind: 'edit', by: 'a', note: null, changes: { title: 'Mine' } }, now);
    expect(run).toMatchObject({ status: 'scheduled', slot: at, revision: 2 });
    expect(nextTask(run)).toEqual({ do: 'wait-for-slot' });
  });

  it('publishes by itself after gate media', () => {
    run = made('hero_text', ['media']);
    run.passed = ['media'];
    expect(nextTask(run)).toEqual({ do: 'publish' });
  });
});

describe('a post that ends early', () => {
  it('says of a job that was accepted that its cost is not on the record', () => {
    const job = { task: { step: 'video' }, requestId: 'req-1' } as unknown as NonNullable<
      PostRun['jobs']['video']
    >;
    Object.assign(rowOf(run, 'video'), { state: 'running' });
    run.jobs.video = job;
    skipRest(run);
    expect(rowOf(run, 'video')).toMatchObject({
      state: 'skipped',
      note: expect.stringContaining('job req-1 was not collected') as string,
    });
    expect(rowOf(run, 'hero_image')).toMatchObject({ state: 'done' });
  });
});
