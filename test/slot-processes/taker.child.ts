/** A worker process of the test of slots: when its parent says so, all of its posts are approved at once. Each is tried twice. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createTakeSlot, type SlotOrder } from '../../activities/take-slot.js';
import { createArchive, POOL_LIMITS } from '../../services/archive/archive.js';
import { ArchiveAway } from '../../services/archive/database.js';
import { postgresPool } from '../../services/archive/postgres-pool.js';

export interface Taking {
  readonly databaseUrl: string;
  readonly orders: readonly SlotOrder[];
}

const { databaseUrl, orders } = JSON.parse(process.argv[2] ?? '') as Taking;
const archive = createArchive(postgresPool(databaseUrl, POOL_LIMITS));
const { takeSlot } = createTakeSlot({ archive, now: () => new Date(0) });
/** As Temporal does: on a busy machine not all get a connection within the 10 seconds that an attempt waits for one. */
async function untilThere<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof ArchiveAway) return untilThere(attempt);
    throw error;
  }
}
const take = (order: SlotOrder): Promise<string> =>
  untilThere(() => {
    const activity = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    return activity.run(takeSlot, order);
  });
await untilThere(() => archive.records.isEmpty());

process.on('message', () => {
  // The second is the attempt that follows one whose answer was lost, while that may still be under way.
  void Promise.all(orders.flatMap((order) => [take(order), take(order)])).then(async (answers) => {
    process.send?.({ answers });
    await archive.close();
    process.disconnect();
  });
});
process.send?.('ready');
