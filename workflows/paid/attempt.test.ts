import {
  ActivityFailure,
  ApplicationFailure,
  RetryState,
  TimeoutFailure,
  TimeoutType,
} from '@temporalio/common';
import { CancelledFailure } from '@temporalio/workflow';
import { describe, expect, it, vi } from 'vitest';
import type { Attempt } from '../../activities/attempt.js';
import { Blocked } from '../blocked.js';
import { attemptUntilTaken } from './attempt.js';

const slept = vi.hoisted(() => [] as number[]);
vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  sleep: (ms: number) => Promise.resolve(slept.push(ms)),
}));

type Try = Attempt<{ readonly value: string }>;

const kept: Try = { outcome: 'kept', value: 'a text' };
const busy = (afterMs: number | null = null): Try => ({
  outcome: 'turned_away',
  then: 'again',
  afterMs,
  error: { type: 'Provider.RateLimited', message: '429', requestId: null },
});
const away: Try = {
  outcome: 'not_sent',
  then: 'again',
  error: { type: 'Archive.Unreachable', message: 'no archive', requestId: null },
};
const died = new ActivityFailure(
  'Activity task failed',
  'draft',
  '1',
  RetryState.TIMEOUT,
  'worker',
  new TimeoutFailure('heartbeat', undefined, TimeoutType.HEARTBEAT),
);

async function attempt(tries: readonly (Try | Error)[], settled: Try | null = null) {
  slept.length = 0;
  const left = [...tries];
  const waits: string[] = [];
  const result: unknown = await attemptUntilTaken<Try>({
    label: 'Draft',
    make() {
      const next = left.shift();
      return next instanceof Error ? Promise.reject(next) : Promise.resolve(next as Try);
    },
    settleDead: (why) =>
      Promise.resolve(settled && ({ ...settled, ...('reason' in settled && { reason: why }) } as never)),
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
    const { result, waits } = await attempt([busy(7_000), busy(), kept]);
    expect(result).toBe(kept);
    expect(waits).toEqual(['429', '429']);
    expect(slept).toEqual([7_000, 4_000]);
  });

  it('that waited for the archive for a day is not given up at the first 429', async () => {
    const { result } = await attempt([...Array<Try>(48).fill(away), busy(), kept]);
    expect(result).toBe(kept);
  });

  it('that is turned away for half an hour is handed to a person', async () => {
    const { result } = await attempt(Array<Try>(30).fill(busy()));
    expect(result).toBeInstanceOf(Blocked);
    expect((result as Blocked).error).toMatchObject({
      type: 'Provider.RateLimited',
      message: '429 (turned away 30 times)',
    });
  });

  it('of a post that was cancelled before it was sent ends with the post', async () => {
    const error = { type: 'Post.Cancelled', message: 'cancelled', requestId: null };
    const { result } = await attempt([{ outcome: 'not_sent', then: 'end', error }]);
    expect(result).toBeInstanceOf(CancelledFailure);
  });
});

describe('a call whose worker died', () => {
  it('and that was sent is lost, with why', async () => {
    const { result } = await attempt([died], { outcome: 'lost', reason: '' });
    expect(result).toEqual({ outcome: 'lost', reason: 'the call did not report back: heartbeat' });
  });

  it('and that was not sent is made again', async () => {
    expect((await attempt([died, kept], null)).result).toBe(kept);
  });

  it('is told from one that failed for a reason of ours', async () => {
    const failure = new ActivityFailure(
      ...(['failed', 'draft', '1', RetryState.MAXIMUM_ATTEMPTS_REACHED, 'worker'] as const),
      ApplicationFailure.nonRetryable('disk full'),
    );
    expect((await attempt([failure])).result).toBe(failure);
  });
});
