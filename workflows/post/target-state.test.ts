import { describe, expect, it } from 'vitest';
import type { NotPublished, PublicationSearch } from '../../contract/targets/attempt.js';
import {
  afterAttempt,
  afterLastSearch,
  afterSearch,
  beginAttempt,
  newTargetState,
  PATIENCE_MS,
  tryAgain,
  UNKNOWN_OUTCOME,
  type TargetState,
} from './target-state.js';

const START = Date.parse('2026-11-24T09:00:00.000Z');
const at = (ms: number): Date => new Date(START + ms);
const error = { type: 'Target.Away', message: 'HTTP 503', requestId: null };
const soon = { error, retryAfterSeconds: null };
const later = (change: object = {}): NotPublished => ({ outcome: 'later', ...soon, ...change });
const lost = (repeatable: boolean): NotPublished => ({ outcome: 'unknown', ...soon, repeatable });
const refused: NotPublished = { outcome: 'refused', error };
const fresh = newTargetState(at(0));
const pauseOf = ({ nextAt }: TargetState, now: number): number | null =>
  nextAt === null ? null : Date.parse(nextAt) - START - now;

const looking = afterAttempt(fresh, lost(false), at(0));
type Search = Exclude<PublicationSearch, { readonly found: 'publication' }>;
const unknowable: Search = { found: 'unknowable', error };
const away = (retryAfterSeconds: number | null): Search => ({ found: 'later', error, retryAfterSeconds });
const unknown = { mayBeOut: true, nextAt: null, error: { type: UNKNOWN_OUTCOME } };

describe('an attempt that was not taken', () => {
  it('is made again after a pause that grows, and is never much longer than a fifth of the wait so far', () => {
    let [state, now, tries] = [fresh, 0, 0];
    const pauses: number[] = [];
    for (; !state.error; tries += 1) {
      state = afterAttempt(beginAttempt(state), later(), at(now));
      const pause = pauseOf(state, now);
      if (pause === null) break;
      expect(pause).toBeLessThanOrEqual(Math.max(2_000, now / 5) + 1);
      pauses.push(pause);
      now += pause;
    }
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect([pauses[0], pauses.at(-1)]).toEqual([2_000, 1_800_000]);
    // A target that is away for a day is waited for, one that is away for a week is not.
    expect(now).toBeGreaterThan(PATIENCE_MS - 1_800_001);
    expect(now).toBeLessThanOrEqual(PATIENCE_MS);
    expect(tries).toBeLessThan(500);
    expect(state.error).toEqual({ ...error, message: 'HTTP 503 (tried since 2026-11-24T09:00:00.000Z)' });
  });

  it('waits as long as the target asks for', () => {
    const state = afterAttempt(beginAttempt(fresh), later({ retryAfterSeconds: 7_200 }), at(1_000));
    expect(pauseOf(state, 1_000)).toBe(7_200_000);
    expect(state).toMatchObject({ next: 'publish', isTrying: false, mayBeOut: false, error: null });
    expect(state.reason).toBe('HTTP 503; tried again at 2026-11-24T11:00:01.000Z');
  });

  it('waits for a person where one must mend something first', () => {
    const stopped = { error, nextAt: null, isTrying: false, mayBeOut: false, stoppedAt: at(5).toISOString() };
    expect(afterAttempt(beginAttempt(fresh), refused, at(5))).toMatchObject(stopped);
  });

  it('is looked for before another where it may have been taken, unless the target keeps the same edition once', () => {
    expect(looking).toMatchObject({ next: 'look', mayBeOut: true });
    expect(afterAttempt(fresh, lost(true), at(0))).toMatchObject({ next: 'publish', mayBeOut: true });
  });

  it('has its whole patience again after a resume', () => {
    const resumed = tryAgain(afterAttempt(fresh, later(), at(PATIENCE_MS)), at(PATIENCE_MS));
    expect(pauseOf(afterAttempt(resumed, later(), at(PATIENCE_MS)), PATIENCE_MS)).toBe(2_000);
  });
});

describe('a look', () => {
  it('that finds nothing leads to an attempt at once', () => {
    const again = { next: 'publish', nextAt: null, mayBeOut: false };
    expect(afterSearch(looking, { found: 'nothing' }, at(2_000))).toMatchObject(again);
  });

  it('that can not be had now is had later', () => {
    const state = afterSearch(looking, away(60), at(2_000));
    expect(state).toMatchObject({ next: 'look', mayBeOut: true, error: null });
    expect(pauseOf(state, 2_000)).toBe(60_000);
  });

  it('that leaves it unknown waits for a person, who has it looked for once more before anything is written', () => {
    const stopped = afterSearch(looking, unknowable, at(2_000));
    expect(stopped).toMatchObject(unknown);
    const resumed = tryAgain(stopped, at(60_000));
    expect(resumed).toMatchObject({ next: 'look', nextAt: null, error: null });
    expect(afterSearch(resumed, unknowable, at(61_000))).toMatchObject({ next: 'publish', error: null });
  });

  it('that was given up is had again after a resume, which does not count as a look of a person', () => {
    const stopped = afterSearch(looking, away(null), at(PATIENCE_MS));
    expect(stopped.error?.type).toBe('Target.Away');
    const resumed = tryAgain(stopped, at(PATIENCE_MS + 1));
    expect(afterSearch(resumed, unknowable, at(PATIENCE_MS + 2))).toMatchObject(unknown);
  });
});

describe('the last look', () => {
  const nothing: Search = { found: 'nothing' };
  const unknowableBefore = afterSearch(looking, unknowable, at(1_000));
  const refusedBefore = afterAttempt(looking, refused, at(1_000));
  const sure = { mayBeOut: false, error: null, stoppedAt: null };

  it.each<[what: string, before: TargetState, found: Search, state: object]>([
    ['leaves nothing open where it is not there', looking, nothing, sure],
    ['takes a target that says nothing for unknown', looking, { found: 'repeatable' }, unknown],
    ['leaves to a person what can not be known', looking, unknowable, unknown],
    ['does not wait for a target that is away', looking, away(60), unknown],
    ['takes back that it can not be known', unknowableBefore, nothing, sure],
    ['takes back no other error', refusedBefore, nothing, { mayBeOut: false, error }],
  ])('%s', (_what, before, found, state) => {
    expect(afterLastSearch(before, found, at(2_000))).toMatchObject(state);
  });
});
