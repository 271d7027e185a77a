/** A desk over an archive of many posts, in a process of its own: `desk.child.ts {"folder":…,"posts":5000,"waiting":500}`. */
import { join } from 'node:path';
import { type Seed, seedArchive, type Seeded } from './seeded-archive.js';
import { openArchive } from '../../services/archive/archive.js';
import { loadAccount } from '../../config/accounts/load.js';
import { sessionsInMemory, toldWorkflows } from '../../desk/testing/workflows.js';
import { createDesk, type DeskDeps, deskCrowd } from '../../desk/desk.js';
import { watchAccountFiles } from '../../config/accounts/account-files.js';
import { FileAssets } from '../../services/assets/files.js';
import { serveDesk } from '../../desk/serve.js';

/** What it prints once it serves. */
export interface ReadyDesk extends Seeded {
  readonly url: string;
  readonly token: string;
}

const TOKEN = 'a-token-for-the-bench';

const { folder, ...seed } = JSON.parse(process.argv[2]!) as Seed & { folder: string };
const archive = await openArchive({ databaseUrl: null, folder: join(folder, 'archive') });
await archive.migrate();
const account = await loadAccount('accounts', 'ashtalksai');
const seeded = await seedArchive(archive, account, seed);
const address = 'http://127.0.0.1:8300';
const deps: DeskDeps = {
  archive,
  ...toldWorkflows(),
  sessions: sessionsInMemory(),
  accounts: watchAccountFiles('accounts', () => undefined),
  assets: new FileAssets(join(folder, 'assets')),
  // No workflow runs here: what it would answer is figure 7.
  live: { post: () => Promise.resolve(null), batch: () => Promise.resolve(null) },
  settings: { url: address, api: address, token: TOKEN },
  log: (line) => console.error(line),
  now: () => new Date(),
};
const served = await serveDesk({
  app: createDesk(deps),
  host: '127.0.0.1',
  port: 0,
  crowd: deskCrowd(deps, 512),
});
console.log(JSON.stringify({ url: served.url, token: TOKEN, ...seeded } satisfies ReadyDesk));
process.once('SIGTERM', () => void served.close().then(() => archive.close()));
