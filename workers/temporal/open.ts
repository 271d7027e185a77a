import { resolve } from 'node:path';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { Environment, Settings } from '../../config/settings.js';
import { findLeftOver } from './left-over.js';
import { startDevServer } from './dev-server.js';
import { hiddenAddress } from './serve-ui.js';
import { requireFreePorts } from './ports.js';
import { writeProcesses } from './processes.js';
import { addMissingSearchAttributes, type SearchAttributeTypes } from './search-attributes.js';
import { connectWhenServing } from './serving.js';
import type { DevServer } from './server-process.js';

export interface TemporalTarget {
  readonly options: NativeConnectionOptions;
  readonly address: string;
  readonly namespace: string;
}

/** A client tries a server that was away again after at most this; gRPC's default is two minutes. */
export const RECONNECTS = { channelArgs: { 'grpc.max_reconnect_backoff_ms': 2_000 } };

/** Where the Temporal server is: as the TEMPORAL_* variables say, or the embedded one on its port. */
export function temporalTarget(settings: Settings, env: Environment): TemporalTarget {
  const embedded = `127.0.0.1:${settings.temporalPort}`;
  const namespace = env.TEMPORAL_NAMESPACE?.trim() || 'default';
  if (settings.temporalAddress === null)
    return { options: { address: embedded }, address: embedded, namespace };
  const set = Object.entries(env).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const config = loadClientConnectConfig({ overrideEnvVars: Object.fromEntries(set) });
  return {
    options: config.connectionOptions,
    address: config.connectionOptions.address ?? settings.temporalAddress,
    namespace: config.namespace ?? namespace,
  };
}

export interface EmbeddedTemporalOptions {
  /** The install's data folder: `temporal.db`, `temporal.log` and `processes.json` lie there. */
  readonly data: string;
  readonly port: number;
  /** Where its UI is to be served to people, which must be free too; null when it is served there already. */
  readonly uiPort: number | null;
  readonly searchAttributes: SearchAttributeTypes;
  /** Path of the server's command; asked for only when none is left over. */
  readonly obtain: () => Promise<string>;
}

/**
 * The embedded Temporal server of an install: its own one left over from a kill, else a new one over the same database.
 * The pid is written down the moment it has one.
 * @throws PortTaken when another program has one of its ports
 */
export async function openEmbeddedTemporal(options: EmbeddedTemporalOptions): Promise<DevServer> {
  const { port, uiPort, searchAttributes } = options;
  const data = resolve(options.data);
  const dbFile = resolve(data, 'temporal.db');
  const leftOver = await findLeftOver({ data, dbFile, port });
  await requireFreePorts(leftOver ? null : port, uiPort);
  if (leftOver) {
    await registerOn(leftOver, searchAttributes);
    return leftOver;
  }
  const binary = await options.obtain();
  const hidden = await hiddenAddress();
  const ui = { uiHost: hidden.host, uiPort: hidden.port };
  return await startDevServer({
    binary,
    dbFile,
    port,
    ...ui,
    searchAttributes,
    logFile: resolve(data, 'temporal.log'),
    started: (pid) =>
      writeProcesses(data, { temporal: { pid, port, ...ui, dbFile, startedAt: new Date().toISOString() } }),
  });
}

/** An older version of ours may have started it. */
async function registerOn(server: DevServer, searchAttributes: SearchAttributeTypes): Promise<void> {
  const connection = await connectWhenServing(server.address, { withinMs: 15_000 });
  if (connection === null) throw new Error(`The Temporal server on ${server.address} stopped answering`);
  try {
    await addMissingSearchAttributes(connection, 'default', searchAttributes);
  } finally {
    await connection.close();
  }
}
