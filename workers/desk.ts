/** The desk by itself, beside workers of other processes and an archive on PostgreSQL: what `copydesk desk` runs. */
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { loadEnvFile } from '../config/env-file.js';
import { readSettings } from '../config/settings.js';
import { Intake } from '../services/assets/intake.js';
import { Closers, listenForStop } from './stop.js';
import { openDataFolder } from './data-folder.js';
import { printDocument, say } from './log.js';
import { openDesk } from './open-desk.js';
import { isArchiveAway, openStores } from './open-stores.js';
import { openPatiently } from './patiently.js';
import { argumentsOf, end, fail } from './program.js';
import { RECONNECTS, temporalTarget } from './temporal/open.js';
import { ownTemporalUi, serveTemporalUi } from './temporal/serve-ui.js';

const { json } = argumentsOf(process.argv.slice(2));
const closers = new Closers();
const stop = listenForStop();
try {
  const settings = readSettings(loadEnvFile(process.env));
  openDataFolder(settings.data, say);
  const stores = await openPatiently(() => openStores(settings, say), { isAway: isArchiveAway, say });
  closers.add('the archive', () => stores.archive.close());
  const target = temporalTarget(settings, process.env);
  // Lazy: the public pages are served from the archive while Temporal is away.
  const connection = Connection.lazy({ ...(target.options as object), ...RECONNECTS });
  closers.add('the connection to Temporal', () => connection.close());
  const client = new Client({ connection, namespace: target.namespace });
  const intake = new Intake({ folder: join(settings.data, 'incoming'), assets: stores.assets });
  const uiUrl = ownTemporalUi(settings);
  const ui = uiUrl && (await serveTemporalUi(settings, uiUrl));
  if (ui) closers.add('the Temporal UI', () => ui.close());
  const temporal = { ...target, client };
  const desk = await openDesk({ settings, temporal, stores, temporalUi: ui && ui.url, intake });
  closers.add('the desk', () => desk.close());
  if (json) printDocument({ ready: true, desk: settings.url });
  say(`desk: ${settings.url}`);
  if (ui) say(`Temporal UI: ${ui.url}`);
  await Promise.race([stop.begun, stores.lost]);
} catch (error) {
  fail(error, { json });
}
await end({ stop, closers });
