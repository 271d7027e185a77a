import { WithStartWorkflowOperation } from '@temporalio/client';
import { startProgram } from '../lab/process.js';
import type { Stage } from '../lab/stage.js';

/** As long as the client waits for an answer of ours. */
const PATIENCE_MS = 120_000;

export interface FloorOptions {
  /** How long an answer takes, in ms. */
  readonly textMs: number;
  readonly conversations: number;
}

/** Starts the worker of the floor. What is returned asks a question of a new conversation: ms until its answer. */
export async function askFloor(
  stage: Stage,
  { textMs, conversations }: FloorOptions,
): Promise<(at: number) => Promise<number>> {
  const slots = String(conversations);
  const worker = await startProgram([
    ...['--import', 'tsx', 'bench/floor/worker.child.ts'],
    ...[stage.address, slots],
  ]);
  stage.adds(() => worker.stop());
  const ask = async (at: number): Promise<number> => {
    const began = performance.now();
    await stage.client.withDeadline(Date.now() + PATIENCE_MS, () =>
      stage.client.workflow.executeUpdateWithStart('say', {
        args: [`question ${at}`, textMs],
        startWorkflowOperation: new WithStartWorkflowOperation('floorChat', {
          workflowId: `floor-chat-${at}`,
          taskQueue: 'floor',
          workflowIdConflictPolicy: 'USE_EXISTING',
        }),
      }),
    );
    return performance.now() - began;
  };
  await ask(-1);
  return ask;
}
