/** The all-in-one: what `npm start` and `copydesk up` run. Server, worker and desk, until Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';
import { batchView } from '../command/output/batch-view.js';
import { loadEnvFile } from '../config/env-file.js';
import { followBatch } from '../command/watch.js';
import { readSettings, type Settings } from '../config/settings.js';
import { Closers, listenForStop } from './stop.js';
import { openDataFolder } from './data-folder.js';
import { colors, liveLog, printDocument, say, sayView } from './log.js';
import { argumentsOf, end, fail } from './program.js';
import { installRuntime } from './runtime.js';
import { waitedFor } from './under-way.js';
import { startWatchdog } from './watchdog.js';
import { hasSample, openInstall, startFirstBatch, type Install } from './up/install.js';

/** A person at a terminal would rather wait a minute than pay again, and not much longer. */
const GRACE_SECONDS = 60;

const { json } = argumentsOf(process.argv.slice(2));
const closers = new Closers();
const stop = listenForStop();

try {
  const settings = readSettings(loadEnvFile(process.env));
  openDataFolder(settings.data, say);
  installRuntime(settings, 'warn');
  if (settings.databaseUrl === null) startWatchdog();
  const graceSeconds = settings.grace ?? GRACE_SECONDS;
  const progress = (line: string): void => say(line, colors.dim);
  const install = await Promise.race([
    openInstall({ settings, env: process.env, say: progress, closers, stop, graceSeconds }),
    stop.begun.then(() => null),
  ]);
  if (install) {
    announce(install);
    if (install.untouched && hasSample(settings.accounts)) showUntilClosed(install, settings);
    await Promise.race([stop.begun, install.failed]);
  }
  const waits = install && waitedFor(install.underWay.calls, graceSeconds);
  progress(`Stopping: ${waits ?? 'what is running continues at the next start'}.`);
} catch (error) {
  fail(error, { json });
}
await end({ stop, closers });

function announce({ desk, makeSignInLink, temporal, temporalUi, samples }: Install): void {
  if (json) printDocument({ ready: true, desk, temporal, temporalUi });
  say('');
  sayView(`${colors.bold('Copydesk is ready.')}${samples === null ? '' : ` ${samples}`}`);
  say(`  Desk         ${desk}`);
  // For a person at a terminal: what a program starts may keep its log.
  if (!json) say(`  Sign in      ${makeSignInLink()}  (once, for 10 minutes)`);
  if (temporalUi) say(`  Temporal UI  ${temporalUi}`);
  say('  Ctrl-C stops it; what is running continues at the next start.');
}

/** It is left before the connection that it asks over is closed: a call that is tried again after that ends the process. */
function showUntilClosed(install: Install, settings: Settings): void {
  const leaving = new AbortController();
  const shown = showFirstBatch(install, settings, leaving.signal).catch((error: unknown) => {
    if (!leaving.signal.aborted) sayWhy(error);
  });
  closers.add('the view of the first batch', () => {
    leaving.abort();
    return shown;
  });
}

/** What can't be shown any more, as when Temporal goes away for a while, continues all the same. */
function sayWhy(error: unknown): void {
  say(`The first batch is not shown any longer: ${error instanceof Error ? error.message : String(error)}`);
}

/** Shows a first batch being made, to a person who starts Copydesk for the first time. */
async function showFirstBatch({ copydesk }: Install, settings: Settings, signal: AbortSignal): Promise<void> {
  const batchId = await startFirstBatch(copydesk, settings.accounts);
  say('');
  say(`A first batch of the sample account @ashtalksai, ${batchId}:`);
  const live = await liveLog();
  const status = await followBatch(copydesk.batches, batchId, live, {
    now: () => performance.now(),
    sleep: (ms) => sleep(ms, undefined, { signal }),
  });
  say('');
  sayView(batchView(status, colors, settings.url));
}
