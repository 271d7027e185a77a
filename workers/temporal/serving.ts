import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';

/**
 * Connects to a Temporal server once it answers for the namespace `default`. A server that has just bound its port
 * refuses calls for a moment longer. The caller closes the connection.
 * @returns null when it did not answer within `withinMs`, or `gaveUp` said so
 */
export async function connectWhenServing(
  address: string,
  { withinMs, gaveUp = () => false }: { withinMs: number; gaveUp?: () => boolean },
): Promise<Connection | null> {
  const deadline = Date.now() + withinMs;
  do {
    const connection = await tryOnce(address);
    if (connection) return connection;
    await sleep(50);
  } while (Date.now() < deadline && !gaveUp());
  return null;
}

async function tryOnce(address: string): Promise<Connection | null> {
  const connection = Connection.lazy({ address, connectTimeout: 2_000 });
  try {
    await connection.withDeadline(Date.now() + 2_000, () =>
      connection.workflowService.describeNamespace({ namespace: 'default' }),
    );
    return connection;
  } catch {
    await connection.close();
    return null;
  }
}
