import { CancelledFailure } from '@temporalio/workflow';
import { describe, expect, it, vi } from 'vitest';
import type { Attempt, NotSent, TurnedAway } from '../../activities/attempt.js';
import type { Blocked } from '../blocked.js';
import { attemptUntilTaken, MOST_TURNED_AWAY, nextAfter, type Next } from './attempt.js';
import { bug, died } from './testing/failures.js';

const slept = vi.hoisted(() => [] as number[]);
vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  sleep: (ms: number) => Promise.resolve(slept.push(ms)),
}));

type Try = Attempt<{ readonly value: string }>;
const kept: Try = { outcome: 'kept', value: 'a text' };
const error = { type: 'Provider.RateLimited', message: '429', requestId: 'req_1' };
const turnedAway = (afterMs: number | null, then: TurnedAway['then'] = 'again'): TurnedAway => ({
  outcome: 'turned_away',
  then,
  afterMs,
  error,
});
const busy = turnedAway(null);
const notSent = (then: NotSent['then']): NotSent => ({ outcome: 'not_sent', then, error });
const wait = (ms: number): Next => ({ do: 'wait', ms });
const block = (how = ''): Next => ({ do: 'block', error: { ...error, message: `429${how}` } });
const reader = { times: 3, waitMs: 30_000 };

it.each<[what: string, attempt: TurnedAway | NotSent, times: number, next: Next, patience?: typeof reader]>([
  ['waits for as long as the provider asks', turnedAway(7_000), 1, wait(7_000)],
  ['waits a moment where the provider does not say', busy, 1, wait(2_000)],
  ['waits longer each time', busy, 2, wait(4_000)],
  ['waits longer each time, again', busy, 3, wait(8_000)],
  ['waits a minute at most', busy, 6, wait(60_000)],
  ['waits a minute at most, up to the end', busy, 29, wait(60_000)],
  ['is handed to a person after half an hour', busy, MOST_TURNED_AWAY, block(' (turned away 30 times)')],
  ['of somebody who waits for it is made again', busy, 2, wait(4_000), reader],
  ['of somebody who waits for it is given up sooner', busy, 3, block(' (turned away 3 times)'), reader],
  ['of somebody who waits for it waits as long as asked', turnedAway(30_000), 1, wait(30_000), reader],
  ['of such is given up on a long wait', turnedAway(30_001), 1, block(' (turned away once)'), reader],
  ['waits for a person where only a person can help', turnedAway(null, 'block'), 1, block()],
  ['that was not sent waits for a person, too', notSent('block'), 0, block()],
  ['that was not sent is tried again soon', notSent('again'), 1, wait(2_000)],
  [
    'that was never sent is not given up, however often',
    notSent('again'),
    MOST_TURNED_AWAY + 1,
    wait(30_000),
  ],
  ['that was not sent for half an hour is tried seldom', notSent('again'), 61, wait(300_000)],
  ['that was not sent for a day is tried twice an hour', notSent('again'), 350, wait(1_800_000)],
  ['of a cancelled post is the end', notSent('end'), 0, { do: 'end' }],
])('a call that was not taken %s', (_what, attempt, times, next, patience) =>
  expect(nextAfter(attempt, times, patience)).toEqual(next),
);

/** Makes these attempts, all of them; `settled` is what becomes of one whose worker died. */
async function attempt(tries: readonly (Try | Error)[], settled: 'lost' | null = null) {
  slept.length = 0;
  const left = [...tries];
  const waits: string[] = [];
  const result: unknown = await attemptUntilTaken<Try>({
    label: 'Draft',
    make() {
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Try);
    },
    settleDead: (reason) => Promise.resolve(settled && { outcome: settled, reason }),
    onWait: (reason) => waits.push(reason),
  }).catch((thrown: unknown) => thrown);
  expect(left, 'not tried').toEqual([]);
  return { result, waits };
}

describe('a paid call', () => {
  it('is made once where it is taken', async () => {
    expect(await attempt([kept])).toEqual({ result: kept, waits: [] });
    expect(slept).toEqual([]);
  });

  it('that is turned away is made again after the wait that is asked for', async () => {
    expect(await attempt([turnedAway(7_000), busy, kept])).toEqual({ result: kept, waits: ['429', '429'] });
    expect(slept).toEqual([7_000, 4_000]);
  });

  it('that waited for the archive for a day is not given up at the first 429', async () => {
    expect((await attempt([...Array<Try>(48).fill(notSent('again')), busy, kept])).result).toBe(kept);
  });

  it('that is turned away for half an hour is handed to a person', async () => {
    const { result } = await attempt(Array<Try>(30).fill(busy));
    expect((result as Blocked).error).toEqual({ ...error, message: '429 (turned away 30 times)' });
  });

  it('of a post that was cancelled before it was sent ends with the post', async () => {
    const { result } = await attempt([notSent('end')]);
    expect(result).toBeInstanceOf(CancelledFailure);
  });
});

describe('a call whose worker died', () => {
  it('and that was sent is lost, with why', async () => {
    const { result } = await attempt([died], 'lost');
    expect(result).toEqual({ outcome: 'lost', reason: 'the call did not report back: heartbeat' });
  });

  it('and that was not sent is made again', async () => {
    expect((await attempt([died, kept], null)).result).toBe(kept);
  });

  it('is told from one that failed for a reason of ours', async () => {
    expect((await attempt([bug])).result).toBe(bug);
  });
});
