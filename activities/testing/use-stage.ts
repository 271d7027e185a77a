import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openStage, type Stage } from './stage.js';

/** Opens a stage for the tests around, resets it before each of them, and closes it after them. */
export function useStage(opened: (stage: Stage) => void): void {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openStage();
    opened(stage);
  }, 120_000);
  beforeEach(() => stage?.reset());
  afterAll(() => stage?.close(), 60_000);
}
