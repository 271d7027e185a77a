import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import type { Environment, Settings } from '../../config/settings.js';

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
