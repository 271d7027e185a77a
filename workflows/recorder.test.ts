import { expect, it } from 'vitest';
import { createRecorder } from './recorder.js';

it('writes one at a time and what was noted meanwhile once more, with the newest state', async () => {
  const written: number[] = [];
  let state = 0;
  const gates: (() => void)[] = [];
  const recorder = createRecorder(() => {
    written.push(state);
    return new Promise<void>((resolve) => gates.push(resolve));
  });
  for (const next of [1, 2, 3]) {
    state = next;
    recorder.note();
  }
  expect(written).toEqual([1]);
  gates.shift()?.();
  await Promise.resolve();
  await Promise.resolve();
  expect(written).toEqual([1, 3]);
  const settled = recorder.settled();
  gates.shift()?.();
  await settled;
  expect(written).toEqual([1, 3]);
});
