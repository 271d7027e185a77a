import type { Client } from '@temporalio/client';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import { batchStatusQuery, postStatusQuery } from '../contract/messages.js';
import type { LiveStatus } from '../desk/reading/reader.js';
import { readTemporalFailure } from '../client/temporal-failure.js';

/** A page must not wait long for a worker that is busy or gone; the archive answers instead. */
const DEADLINE_MS = 3_000;

/** What the running workflows say of themselves, by their query. */
export function liveStatus(client: Client): LiveStatus {
  const ask = async <T>(call: () => Promise<T>): Promise<T | null> => {
    try {
      return await client.withDeadline(Date.now() + DEADLINE_MS, call);
    } catch (error) {
      if (readTemporalFailure(error) === 'not_found') return null;
      throw error;
    }
  };
  return {
    post: (id) => ask(() => client.workflow.getHandle(postWorkflowId(id)).query(postStatusQuery)),
    batch: (id) => ask(() => client.workflow.getHandle(batchWorkflowId(id)).query(batchStatusQuery)),
  };
}
