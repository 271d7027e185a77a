import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type Worker } from '@temporalio/worker';
import type { Environment, Settings } from '../config/settings.js';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes.js';
import type { QueueName } from '../contract/task-queues.js';
import type { Services } from '../services/services.js';
import { createWorker, type CreateOptions } from './create-workers.js';
import { keepPolling, together, type KeptWorker } from './keep-polling.js';
import { Outage } from './outage.js';
import { addCommand, missingSearchAttributes } from './temporal/search-attributes.js';
import { RECONNECTS, temporalTarget } from './temporal/open.js';
import { watchTemporal } from './temporal/supervise.js';

/** There is no Temporal server where the settings say. One line, with the remedy. */
export class TemporalUnreachable extends Error {
  override name = 'TemporalUnreachable' as const;
  constructor(address: string, cause: unknown) {
    const why = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
    super(`no Temporal server at ${address} (${why}); start it with npm start, or set TEMPORAL_ADDRESS`, {
      cause,
    });
  }
}

export interface RunningWorker {
  readonly address: string;
  readonly namespace: string;
  readonly client: Client;
  /** Rejects when the worker can't go on: then the process must end. */
  readonly failed: Promise<never>;
  /** Lets running activities finish, within their grace, and closes the connections. */
  stop(): Promise<void>;
}

/**
 * Connects to Temporal, checks that its search attributes are there, and polls the queues, through any outage of Temporal.
 * It stops polling by itself once `services.stopping` is aborted.
 *
 * @param options.graceMs how long running activities may finish when it stops.
 * @param options.say hears when Temporal goes away and when it is back.
 * @throws TemporalUnreachable; Error in one line when it lacks a search attribute, with the command that adds it
 */
export async function runWorker(options: {
  settings: Settings;
  env: Environment;
  services: Services;
  queues: readonly QueueName[];
  graceMs: number;
  say: (line: string) => void;
}): Promise<RunningWorker> {
  const { settings, env, services, queues, graceMs, say } = options;
  const target = temporalTarget(settings, env);
  const { address, namespace } = target;
  const noServer = (error: unknown): never => {
    throw new TemporalUnreachable(address, error);
  };
  const native = await NativeConnection.connect(target.options).catch(noServer);
  const connection = await Connection.connect({ ...(target.options as object), ...RECONNECTS }).catch(
    async (error: unknown) => {
      await native.close();
      return noServer(error);
    },
  );
  const close = (): Promise<unknown> => Promise.all([native.close(), connection.close()]);
  const opened = async (): Promise<KeptWorker> => {
    const missing = await missingSearchAttributes(connection, namespace, SEARCH_ATTRIBUTES);
    if (missing.length > 0) {
      throw new Error(
        `namespace ${namespace} lacks the search attributes ${missing.join(', ')}; add them: ${addCommand(missing, target, SEARCH_ATTRIBUTES)}`,
      );
    }
    const { textPerMinute } = settings;
    return pollQueues(queues, { connection: native, namespace, services, graceMs, textPerMinute }, say);
  };
  const worker = await opened().catch(async (error: unknown) => {
    // A worker that was made beside one that could not be holds on to its connection; the process ends anyway.
    await close().catch(() => undefined);
    throw error;
  });
  // Before any activity hears of it: what an activity then gives back must not be taken up here again.
  services.stopping.addEventListener('abort', () => void worker.stop(), { once: true });
  if (services.stopping.aborted) void worker.stop();
  const stopWatch = new AbortController();
  const outage = new Outage(`Temporal ${address}`, say);
  const watching = watchTemporal({ connection, namespace, outage, stop: stopWatch.signal });
  return {
    address,
    namespace,
    client: new Client({ connection, namespace }),
    failed: worker.failed,
    async stop() {
      stopWatch.abort();
      await worker.stop();
      await watching;
      await close();
    },
  };
}

async function pollQueues(
  queues: readonly QueueName[],
  options: CreateOptions,
  say: (line: string) => void,
): Promise<KeptWorker> {
  const create = (queue: QueueName) => (): Promise<Worker> => createWorker(queue, options);
  const workers = await Promise.all(queues.map(async (queue) => ({ queue, first: await create(queue)() })));
  return together(
    workers.map(({ queue, first }) => keepPolling(first, { name: queue, create: create(queue), say })),
  );
}
