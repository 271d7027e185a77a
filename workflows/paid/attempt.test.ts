import { CancelledFailure } from '@temporalio/workflow';
import { describe, expect, it, vi } from 'vitest';
import type { Attempt } from '../../activities/attempt.js';
import type { Blocked } from '../blocked.js';
import { attemptUntilTaken } from './attempt.js';
import { bug, died } from './testing/failures.js';

const slept = vi.hoisted(() => [] as number[]);
vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  sleep: (ms: number) => Promise.resolve(slept.push(ms)),
}));

type Try = Attempt<{ readonly value: string }>;
const errorOf = (type: string, message: string) => ({ type, message, requestId: null });

const kept: Try = { outcome: 'kept', value: 'a text' };
const limited = errorOf('Provider.RateLimited', '429');
const busy = (afterMs: number | null = null): Try => ({
  outcome: 'turned_away',
  then: 'again',
  afterMs,
  error: limited,
});
const away: Try = { outcome: 'not_sent', then: 'again', error: errorOf('Archive.Unreachable', 'no archive') };

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
  }).catch((error: unknown) => error);
  expect(left, 'not tried').toEqual([]);
  return { result, waits };
}

describe('a paid call', () => {
  it('is made once where it is taken', async () => {
    expect(await attempt([kept])).toEqual({ result: kept, waits: [] });
    expect(slept).toEqual([]);
  });

  it('that is turned away is made again after the wait that is asked for', async () => {
    expect(await attempt([busy(7_000), busy(), kept])).toEqual({ result: kept, waits: ['429', '429'] });
    expect(slept).toEqual([7_000, 4_000]);
  });

  it('that waited for the archive for a day is not given up at the first 429', async () => {
    expect((await attempt([...Array<Try>(48).fill(away), busy(), kept])).result).toBe(kept);
  });

  it('that is turned away for half an hour is handed to a person', async () => {
    const { result } = await attempt(Array<Try>(30).fill(busy()));
    expect((result as Blocked).error).toEqual({ ...limited, message: '429 (turned away 30 times)' });
  });

  it('of a post that was cancelled before it was sent ends with the post', async () => {
    const error = errorOf('Post.Cancelled', 'cancelled');
    const { result } = await attempt([{ outcome: 'not_sent', then: 'end', error }]);
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
