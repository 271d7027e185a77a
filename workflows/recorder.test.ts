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
  state = 1;
  recorder.note();
  state = 2;
  recorder.note();
  state = 3;
  recorder.note();
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
