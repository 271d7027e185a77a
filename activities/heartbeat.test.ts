import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withHeartbeat } from './heartbeat.js';
import { surroundings } from './testing/stage.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it.each([
  [0.02, 0],
  [7.9, 0],
  [8.1, 1],
  [17.9, 1],
  [18.1, 2],
  [36, 3],
])('an activity of %s s beats %d times, and not after its end', async (seconds, beats) => {
  const { run, heartbeats } = surroundings();
  const ended = run(() =>
    withHeartbeat('details', () => new Promise((resolve) => setTimeout(resolve, seconds * 1_000))),
  );
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
  await ended;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(heartbeats).toEqual(Array(beats).fill('details'));
});
