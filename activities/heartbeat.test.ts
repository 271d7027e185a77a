import { MockActivityEnvironment } from '@temporalio/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withHeartbeat } from './heartbeat.js';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** The seconds at which an activity that takes so long beats. */
async function beatsOf(seconds: number): Promise<number[]> {
  const env = new MockActivityEnvironment();
  const began = Date.now();
  const beats: number[] = [];
  env.on('heartbeat', () => beats.push((Date.now() - began) / 1_000));
  const ended = env.run(() =>
    withHeartbeat('details', () => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1_000))),
  );
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
  await ended;
  await vi.advanceTimersByTimeAsync(60_000);
  return beats;
}

describe('an activity', () => {
  it.each([
    [0.02, []],
    [7.9, []],
    [12, [8]],
    [36, [8, 18, 28]],
  ])('of %s s beats at %j s', async (seconds, beats) => {
    expect(await beatsOf(seconds)).toEqual(beats);
  });
});
