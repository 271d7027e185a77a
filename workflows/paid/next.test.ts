import { expect, it } from 'vitest';
import type { NotSent, TurnedAway } from '../../activities/attempt.js';
import { MOST_TURNED_AWAY, nextAfter, type Next } from './next.js';

const error = { type: 'Provider.RateLimited', message: '429 slow down', requestId: 'req_1' };
const turnedAway = (afterMs: number | null, then: TurnedAway['then'] = 'again'): TurnedAway => ({
  outcome: 'turned_away',
  then,
  afterMs,
  error,
});
const busy = turnedAway(null);
const notSent = (then: NotSent['then']): NotSent => ({ outcome: 'not_sent', then, error });
const wait = (ms: number): Next => ({ do: 'wait', ms });
const block = (how = ''): Next => ({ do: 'block', error: { ...error, message: `429 slow down${how}` } });
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
  ['that was never sent is not counted, however often', notSent('again'), MOST_TURNED_AWAY + 1, wait(2_000)],
  ['of a cancelled post is the end', notSent('end'), 0, { do: 'end' }],
])('a call that was not taken %s', (_what, attempt, times, next, patience) =>
  expect(nextAfter(attempt, times, patience)).toEqual(next),
);
