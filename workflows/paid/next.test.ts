import { describe, expect, it } from 'vitest';
import type { NotSent, TurnedAway } from '../../activities/attempt.js';
import { MOST_TURNED_AWAY, nextAfter } from './next.js';

const error = { type: 'Provider.RateLimited', message: '429 slow down', requestId: 'req_1' };
const turnedAway = (change: Partial<TurnedAway> = {}): TurnedAway => ({
  outcome: 'turned_away',
  then: 'again',
  afterMs: null,
  error,
  ...change,
});
const notSent = (then: NotSent['then']): NotSent => ({ outcome: 'not_sent', then, error });

describe('a call that was not taken', () => {
  it('waits for as long as the provider asks', () => {
    expect(nextAfter(turnedAway({ afterMs: 7_000 }), 1)).toEqual({ do: 'wait', ms: 7_000 });
  });

  it('waits longer each time where the provider does not say, up to a minute', () => {
    const waits = [1, 2, 3, 6, 7, 29].map((times) => nextAfter(turnedAway(), times));
    expect(waits).toEqual([2_000, 4_000, 8_000, 60_000, 60_000, 60_000].map((ms) => ({ do: 'wait', ms })));
  });

  it('is handed to a person after half an hour of it, with how often', () => {
    expect(nextAfter(turnedAway(), MOST_TURNED_AWAY)).toEqual({
      do: 'block',
      error: { ...error, message: '429 slow down (turned away 30 times)' },
    });
  });

  it('of somebody who waits for it is given up sooner, and at once where the provider asks for long', () => {
    const patience = { times: 3, waitMs: 30_000 };
    expect(nextAfter(turnedAway(), 2, patience)).toEqual({ do: 'wait', ms: 4_000 });
    expect(nextAfter(turnedAway(), 3, patience)).toMatchObject({ do: 'block' });
    expect(nextAfter(turnedAway({ afterMs: 30_000 }), 1, patience)).toEqual({ do: 'wait', ms: 30_000 });
    expect(nextAfter(turnedAway({ afterMs: 30_001 }), 1, patience)).toEqual({
      do: 'block',
      error: { ...error, message: '429 slow down (turned away once)' },
    });
  });

  it('is handed to a person at once where only a person can help', () => {
    expect(nextAfter(turnedAway({ then: 'block' }), 1)).toEqual({ do: 'block', error });
    expect(nextAfter(notSent('block'), 0)).toEqual({ do: 'block', error });
  });

  it('that was never sent is not counted, however often', () => {
    expect(nextAfter(notSent('again'), MOST_TURNED_AWAY + 1)).toEqual({ do: 'wait', ms: 2_000 });
  });

  it('of a cancelled post is the end', () => {
    expect(nextAfter(notSent('end'), 0)).toEqual({ do: 'end' });
  });
});
