import { WorkflowNotFoundError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { deleteRuns } from './delete-runs.js';
import type { Temporal } from './temporal.js';

/** A server that answers these one after the other for the newest run, and lists these runs. */
function serverWith(newest: readonly (string | null)[], listed: readonly string[]) {
  const deleted: string[] = [];
  const looks = [...newest];
  const notFound = (): Error => new WorkflowNotFoundError('workflow not found', 'chat/x', undefined);
  const client = {
    workflow: {
      getHandle: () => ({
        describe: async () => {
          const runId = looks.shift();
          if (!runId) throw notFound();
          return { runId };
        },
      }),
      async *list() {
        for (const runId of listed) yield { runId };
      },
    },
    workflowService: {
      deleteWorkflowExecution: async (request: { workflowExecution: { runId: string } }) => {
        const { runId } = request.workflowExecution;
        if (runId === 'gone') throw notFound();
        deleted.push(runId);
      },
    },
  };
  const temporal = { client, namespace: 'default' } as unknown as Temporal;
  return { deleted, deleteAll: () => deleteRuns(temporal, 'chat/x') };
}

it.each([
  ['nothing', [null], [], []],
  ['one that is still told of after it was deleted', ['b', 'b'], ['b'], ['b']],
  ['those of before, once each', ['c', 'c'], ['c', 'b', 'a'], ['c', 'b', 'a']],
  ['one that a question started meanwhile', ['b', 'c', 'c'], ['a', 'b'], ['b', 'c', 'a']],
  ['those that went by themselves', ['b', null], ['gone', 'b'], ['b']],
])('deletes %s', async (_, newest, listed, expected) => {
  const { deleted, deleteAll } = serverWith(newest, listed);
  await deleteAll();
  expect(deleted).toEqual(expected);
});
