import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../contract/settings.js';

/** Version of the Temporal command, as tools/temporal/go.mod pins it: server 1.28.0, UI 2.39.0. */
export const TEMPORAL_VERSION = 'v1.4.1';

/** Where the server is kept for every clone of this user. */
export function cachedServer(env: Environment): string {
  const caches = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(caches, 'copydesk', `temporal-${TEMPORAL_VERSION}-${process.platform}-${process.arch}`);
}
