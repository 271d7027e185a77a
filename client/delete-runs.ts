import type { Temporal } from './temporal.js';
import { readTemporalFailure } from './temporal-failure.js';

/** A conversation that is taken up again while it is deleted starts another run; more often than this nobody asks. */
const MOST_LOOKS = 10;

/**
 * Deletes every run of a workflow at Temporal, history and all; one that is open is ended by it. Temporal lists runs a moment
 * late and deletes them in its own time, so the newest run is asked for by itself until it is one that was told to go.
 */
export async function deleteRuns(
  { client, namespace }: Pick<Temporal, 'client' | 'namespace'>,
  workflowId: string,
): Promise<void> {
  const deleted = new Set<string>();
  const deleteRun = async (runId: string): Promise<void> => {
    deleted.add(runId);
    await orNothing(
      client.workflowService.deleteWorkflowExecution({
        namespace,
        workflowExecution: { workflowId, runId },
      }),
    );
  };
  for (let looks = 1; looks <= MOST_LOOKS; looks += 1) {
    const newest = await orNothing(client.workflow.getHandle(workflowId).describe());
    if (!newest || deleted.has(newest.runId)) break;
    await deleteRun(newest.runId);
  }
  for await (const { runId } of client.workflow.list({ query: `WorkflowId = '${workflowId}'` }))
    if (!deleted.has(runId)) await deleteRun(runId);
}

/** Null for what the server does not know, or has deleted. */
async function orNothing<T>(call: Promise<T>): Promise<T | null> {
  try {
    return await call;
  } catch (error) {
    if (readTemporalFailure(error) === 'not_found') return null;
    throw error;
  }
}
