import { EventEmitter } from 'node:events';
import { afterEach, expect, it } from 'vitest';
import { listenForStop } from './stop.js';

const exitCode = process.exitCode;
afterEach(() => (process.exitCode = exitCode));

/** A stop by a clock of its own, and whether it has been hurried. */
function stage() {
  const source = new EventEmitter();
  const clock = { now: 0 };
  const stop = listenForStop(source, () => clock.now);
  const state = { hurried: false };
  void stop.hurried.then(() => (state.hurried = true));
  const at = async (ms: number, signal: NodeJS.Signals): Promise<void> => {
    clock.now = ms;
    source.emit(signal, signal);
    await Promise.resolve();
  };
  return { stop, state, at };
}

it('begins at the first signal, at once', async () => {
  const { stop, at } = stage();
  expect(stop.signal.aborted).toBe(false);
  const first = at(0, 'SIGTERM');
  expect(stop.signal.aborted).toBe(true);
  await first;
  await stop.begun;
});

it('takes the same signal from several senders for one wish, and a later one for a hurry', async () => {
  const { state, at } = stage();
  await at(0, 'SIGINT');
  await at(5, 'SIGTERM');
  await at(600, 'SIGTERM');
  expect(state.hurried).toBe(false);
  await at(1_200, 'SIGINT');
  expect(state.hurried).toBe(true);
  expect(process.exitCode).toBe(130);
});

it('is begun by a part that can not go on, and a signal then only hurries what it says', async () => {
  const { stop, state, at } = stage();
  stop.begin();
  await stop.begun;
  await at(10_000, 'SIGTERM');
  expect(state.hurried).toBe(false);
});
