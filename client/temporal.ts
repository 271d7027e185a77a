import { connect } from 'node:net';
import type { Client, ConnectionOptions } from '@temporalio/client';
import type { Environment, Settings } from '../config/settings.js';
import { errorLine } from '../contract/errors.js';
import { NoTemporalError } from './errors.js';
import { readTemporalFailure } from './temporal-failure.js';

const CONNECT_MS = 5_000;

/** An open connection to Temporal, and what to call it in a message. */
export interface Temporal {
  readonly client: Client;
  readonly address: string;
  readonly namespace: string;
  close(): Promise<void>;
}

/**
 * Connects to the server of `TEMPORAL_ADDRESS` and the other TEMPORAL_* variables, or without that variable to the
 * embedded one on `settings.temporalPort`. The SDK is loaded here and not before: it takes most of a second.
 *
 * @throws NoTemporalError at once where nothing listens on this machine, after 5 seconds without an answer elsewhere, and
 *   for a refused key or certificate
 */
export async function connectTemporal(settings: Settings, env: Environment): Promise<Temporal> {
  const embedded = `127.0.0.1:${settings.temporalPort}`;
  let address = settings.temporalAddress ?? embedded;
  try {
    const { options, namespace } = await connectOptions(settings, env, embedded);
    address = options.address ?? address;
    if (await isClosed(address)) throw new NoTemporalError(address);
    const { Client, Connection } = await import('@temporalio/client');
    const connection = await Connection.connect({ ...options, connectTimeout: CONNECT_MS });
    return {
      client: new Client({ connection, namespace }),
      address,
      namespace,
      close: () => connection.close(),
    };
  } catch (error) {
    if (error instanceof NoTemporalError) throw error;
    const silent = readTemporalFailure(error) === 'timeout' || readTemporalFailure(error) === 'no_server';
    throw new NoTemporalError(address, silent ? undefined : errorLine(error));
  }
}

async function connectOptions(settings: Settings, env: Environment, embedded: string) {
  const namespace = env.TEMPORAL_NAMESPACE?.trim() || 'default';
  if (settings.temporalAddress === null) return { options: { address: embedded }, namespace };
  const { loadClientConnectConfig } = await import('@temporalio/envconfig');
  const set = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const config = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
  // The options are typed for the worker's connection; those that the environment can set are the same for both.
  return { options: config.connectionOptions as ConnectionOptions, namespace: config.namespace ?? namespace };
}

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\]):(\d+)$/;

/**
 * Whether nothing listens at an address of this machine. gRPC keeps trying a refused connection until its deadline;
 * farther addresses are left to it, since it may know a proxy to them.
 */
function isClosed(address: string): Promise<boolean> {
  const [, host, port] = LOOPBACK.exec(address) ?? [];
  if (host === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const socket = connect({ host: host.replace(/[[\]]/g, ''), port: Number(port) });
    const answer = (closed: boolean): void => {
      socket.destroy();
      resolve(closed);
    };
    socket.once('connect', () => answer(false)).setTimeout(1_000, () => answer(false));
    socket.once('error', (error: NodeJS.ErrnoException) => answer(error.code === 'ECONNREFUSED'));
  });
}
