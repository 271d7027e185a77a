import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Environment, Settings } from '../contract/settings.js';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes.js';
import type { Services } from '../services/services.js';
import { createWorker } from './create-worker.js';
import { addCommand, missingSearchAttributes } from './temporal/search-attributes.js';
import { temporalTarget } from './temporal/connection.js';

export interface RunningWorker {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  /** Rejects when the worker can't go on: then the process must end, since a worker is not started twice. */
  readonly failed: Promise<never>;
  /** Lets running activities finish, within their grace, and closes the connections. */
  stop(): Promise<void>;
}

/**
 * Connects to Temporal, checks that its search attributes are there, and polls.
 *
 * @throws Error in one line when there is no server, or it lacks a search attribute: then with the command that adds it
 */
export async function runWorker(options: {
  settings: Settings;
  env: Environment;
  services: Services;
}): Promise<RunningWorker> {
  const { settings, env, services } = options;
  const target = temporalTarget(settings, env);
  const { address, namespace } = target;
  const noServer = (error: unknown): never => {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(
      `no Temporal server at ${address} (${why}); start it with npm start, or set TEMPORAL_ADDRESS`,
    );
  };
  const native = await NativeConnection.connect(target.options).catch(noServer);
  const connection = await Connection.connect(target.options as object).catch(noServer);
  const missing = await missingSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
  if (missing.length > 0) {
    await Promise.all([native.close(), connection.close()]);
    throw new Error(
      `namespace ${namespace} lacks the search attributes ${missing.join(', ')}; add them: ${addCommand(missing, target, SEARCH_ATTRIBUTES)}`,
    );
  }
  const worker = await createWorker({ connection: native, namespace, services });
  const ran = worker.run();
  let stopping = false;
  const failed = new Promise<never>((_resolve, reject) => {
    ran.then(
      () => stopping || reject(new Error('the worker stopped by itself')),
      (error: unknown) => reject(error instanceof Error ? error : new Error(String(error))),
    );
  });
  failed.catch(() => undefined);
  return {
    address,
    namespace,
    client: new Client({ connection, namespace }),
    failed,
    async stop() {
      stopping = true;
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await ran.catch(() => undefined);
      await Promise.all([native.close(), connection.close()]);
    },
  };
}
