import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '../../config/settings.js';

/** Version of the Temporal command, as tools/temporal/go.mod pins it: server 1.28.0, UI 2.39.0. */
export const TEMPORAL_VERSION = 'v1.4.1';

/** An archive of the official release, which holds the file `temporal`. */
export interface Release {
  readonly url: string;
  /** Of the archive, in hexadecimal. */
  readonly sha256: string;
}

/** As the release's own checksums.txt has them. Windows has another kind of archive, and builds with Go. */
const CHECKSUMS: Readonly<Record<string, string>> = {
  linux_amd64: 'e2063feade24d90cec1590dd9a46b0ccf838433b013738a348af1c01a9cb3874',
  linux_arm64: '3309f004380edc51ad833937bfd16fe3f2b93aa80f8b46b788de4e371f7628f2',
  darwin_amd64: '99e9188952b3cbd4775c0012c210d3f42d5035cd39ca49676ae18c15e9107d3c',
  darwin_arm64: 'cccbead89534e365a3527d40f6d3370a8fa16af6d7853c9864422fb1f7053fe4',
};

/** The release for a machine, in Node's names; null where none is pinned. */
export function releaseFor(platform: string, arch: string): Release | null {
  const machine = `${platform}_${arch === 'x64' ? 'amd64' : arch}`;
  const sha256 = CHECKSUMS[machine];
  if (sha256 === undefined) return null;
  const file = `temporal_cli_${TEMPORAL_VERSION.slice(1)}_${machine}.tar.gz`;
  return { url: `https://github.com/temporalio/cli/releases/download/${TEMPORAL_VERSION}/${file}`, sha256 };
}

/** Where the server is kept for every clone of this user. */
export function cachedServer(env: Environment): string {
  const caches = env['XDG_CACHE_HOME'] || join(env['HOME'] || homedir(), '.cache');
  return join(caches, 'copydesk', `temporal-${TEMPORAL_VERSION}-${process.platform}-${process.arch}`);
}
