/** A worker process of the test of slots: when its parent says so, all of its posts are approved at once. Each is tried twice. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createTakeSlot, type SlotOrder } from '../../activities/take-slot.js';
import { ArchiveAway } from '../../services/archive/away.js';
import { createArchive } from '../../services/archive/create-archive.js';
import { postgresPool } from '../../services/archive/postgres-pool.js';

export interface Taking {
  readonly databaseUrl: string;
  readonly orders: readonly SlotOrder[];
}

const { databaseUrl, orders } = JSON.parse(process.argv[2] ?? '') as Taking;
const archive = createArchive(postgresPool(databaseUrl));
const { takeSlot } = createTakeSlot({ archive, now: () => new Date(0) });
async function take(order: SlotOrder): Promise<string> {
  try {
    const activity = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    return await activity.run(takeSlot, order);
  } catch (error) {
    // As Temporal does: on a busy machine not all get a connection within the 10 seconds that an attempt waits for one.
    if (error instanceof ArchiveAway) return take(order);
    throw error;
  }
}
await archive.records.isEmpty();

process.on('message', () => {
  // The second is the attempt that follows one whose answer was lost, while that may still be under way.
  void Promise.all(orders.flatMap((order) => [take(order), take(order)])).then(async (answers) => {
    process.send?.({ answers });
    await archive.close();
    process.disconnect();
  });
});
process.send?.('ready');
