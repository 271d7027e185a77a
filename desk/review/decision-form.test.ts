import { describe, expect, it } from 'vitest';
import { samplePost } from '../testing/samples.js';
import { decisionIn, textOf } from './decision-form.js';
import { FIELDS } from './limits.js';

const status = samplePost('WaitingPost1');
const now = new Date('2026-06-28T15:20:00.000Z');

const read = (fields: Record<string, string>, of = status) =>
  decisionIn((name) => ({ revision: '2', ...fields })[name] ?? '', {
    ...{ by: 'ana', timeZone: 'Europe/Warsaw', now, status: of },
  });
const request = (fields: Record<string, string>) => {
  const decision = read(fields);
  return 'request' in decision ? decision.request : decision.problem;
};

describe('another time', () => {
  const move = (fields: Record<string, string>) => request({ decision: 'reschedule', ...fields });

  it('is the next slot, now, or what was typed', () => {
    const moved = { decision: 'reschedule', by: 'ana' };
    expect(move({ publishAt: 'next' })).toEqual({ ...moved, publishAt: 'next' });
    expect(move({ publishAt: 'now' })).toEqual({ ...moved, publishAt: 'now' });
    const at = { publishAt: 'at', at: '2026-07-02T09:00' };
    expect(move(at)).toEqual({ ...moved, publishAt: '2026-07-02T07:00:00.000Z' });
  });

  it('is to be chosen, and to come', () => {
    expect(move({})).toMatch(/Choose when/);
    expect(move({ publishAt: 'at', at: '2026-06-28T17:20' })).toMatch(/past/);
  });
});

describe('an approval', () => {
  const approval = { decision: 'approve', by: 'ana', revision: 2 };
  it.each([
    [{}, approval],
    [
      { note: ' Good. ', gate: 'publish' },
      { ...approval, note: 'Good.', gate: 'publish' },
    ],
    [{ gate: 'door' }, approval],
    [{ publishAt: 'next' }, { ...approval, publishAt: 'next' }],
    [
      { publishAt: 'now', at: '2026-07-02T09:00' },
      { ...approval, publishAt: 'now' },
    ],
    [
      { publishAt: 'at', at: '2026-07-02T09:00' },
      { ...approval, publishAt: '2026-07-02T07:00:00.000Z' },
    ],
    [{ publishAt: '2026-07-02T09:00:00+02:00' }, { ...approval, publishAt: '2026-07-02T07:00:00.000Z' }],
  ])('%j', (fields, expected) => expect(request({ decision: 'approve', ...fields })).toEqual(expected));

  it.each([
    [{ publishAt: 'at' }, /Choose the day/],
    [{ publishAt: 'at', at: '2026-06-28T17:20' }, /past/],
    [{ publishAt: 'soon' }, /Choose the day/],
    [{ revision: '' }, /no revision/],
    [{ revision: '1.5' }, /no revision/],
  ])('%j is refused', (fields, why) => expect(request({ decision: 'approve', ...fields })).toMatch(why));
});

it('a rejection says why, a revision what to change', () => {
  expect(request({ decision: 'reject', note: 'Off voice.' })).toEqual({
    ...{ decision: 'reject', by: 'ana', reason: 'Off voice.' },
  });
  expect(request({ decision: 'reject', reason: 'Off voice.' })).toMatchObject({ reason: 'Off voice.' });
  expect(request({ decision: 'revise', note: 'Shorter.', redo: 'image' })).toEqual({
    ...{ decision: 'revise', by: 'ana', instructions: 'Shorter.', redo: 'image' },
  });
  expect(request({ decision: 'reject', note: ' \r\n' })).toMatch(/Say why/);
  expect(request({ decision: 'revise' })).toMatch(/what to change/);
  expect(request({ decision: 'revise', note: 'Louder.', redo: 'sound' })).toMatch(/made again/);
  expect(request({ decision: 'publish' })).toMatch(/no decision/);
});

describe('an edit', () => {
  const shown = Object.fromEntries(FIELDS.map((field) => [field, textOf(status, field)]));

  it('holds only what was changed', () => {
    const body = shown.body?.replaceAll('\n', '\r\n') ?? '';
    expect(
      request({ decision: 'edit', ...shown, body, caption: 'One clock.', hashtags: 'tides #clocks' }),
    ).toEqual({
      ...{ decision: 'edit', by: 'ana', caption: 'One clock.', hashtags: ['tides', 'clocks'] },
    });
  });
  it('of nothing, or of a part to nothing, is refused', () => {
    expect(request({ decision: 'edit', ...shown })).toBe('Nothing was changed.');
    expect(request({ decision: 'edit', ...shown, title: ' ' })).toBe("Title can't be empty.");
  });
  it('knows that a clip has no body', () => {
    const clip = { ...status, body: null };
    expect(read({ decision: 'edit', ...shown, body: 'Text.' }, clip)).toEqual({
      problem: 'Nothing was changed.',
    });
  });
});
