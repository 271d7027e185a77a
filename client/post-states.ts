import type { Client } from '@temporalio/client';
import { POST_WORKFLOW } from '../contract/batch.js';
import { ID_PATTERN } from '../contract/ids.js';
import { POST_STATES } from '../contract/states.js';
import type { PostState } from '../contract/states.js';

/** What Temporal's list of workflows shows of a post. */
export interface ListedPost {
  readonly status: PostState;
  readonly costUsd: number;
}

/** More than a batch has that is looked at so; then it is one call to the server. */
const PAGE = 100;

/** The posts of a batch by id, as their search attributes show them: one call, and no work for any worker. */
export async function readPostStates(
  client: Client,
  batchId: string,
): Promise<ReadonlyMap<string, ListedPost>> {
  const posts = new Map<string, ListedPost>();
  if (!ID_PATTERN.test(batchId)) return posts;
  const { costUsd, postStatusKey } = await import('../contract/search-attributes.js');
  const query = `CopydeskBatch = '${batchId}' AND WorkflowType = '${POST_WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew'`;
  for await (const { workflowId, typedSearchAttributes } of client.workflow.list({ query, pageSize: PAGE })) {
    const shown = typedSearchAttributes.get(postStatusKey);
    const status = POST_STATES.find((state) => state === shown);
    if (status)
      posts.set(workflowId.slice('post/'.length), {
        status,
        costUsd: typedSearchAttributes.get(costUsd) ?? 0,
      });
  }
  return posts;
}
