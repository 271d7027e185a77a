import { afterAll, beforeAll, beforeEach } from 'vitest';
import { openStage, type Stage } from './stage.js';

/**
 * Opens a stage for the tests around, resets it before each of them, and closes it after them.
 *
 * @returns the stage, which is there once the tests begin
 */
export function useStage(opened?: (stage: Stage) => void): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    Object.assign(stage, await openStage());
    opened?.(stage);
  }, 120_000);
  beforeEach(() => stage.reset());
  afterAll(() => stage.close?.(), 60_000);
  return stage;
}
