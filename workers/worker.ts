/** A worker by itself: `node dist/workers/worker.js`. Text, media, archive and Temporal are what the environment says. */
import { mkdirSync } from 'node:fs';
import { loadEnvFile } from '../client/env-file.js';
import { readSettings, type Settings } from '../contract/settings.js';
import { Closers } from './closers.js';
import { openServices } from './open-services.js';
import { isArchiveAway, openStores, type OpenStores } from './open-stores.js';
import { patiently } from './patiently.js';
import { runWorker, TemporalUnreachable, type RunningWorker } from './run-worker.js';
import { installRuntime } from './runtime.js';
import { stopSignal } from './signals.js';
import { startWatchdog } from './watchdog.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const closers = new Closers();
const stopped = stopSignal();
try {
  const settings = readSettings(loadEnvFile(process.env));
  installRuntime(settings, 'info');
  if (settings.databaseUrl === null) startWatchdog();
  mkdirSync(settings.data, { recursive: true });
  const started = await Promise.race([start(settings), stopped.then(() => null)]);
  if (started) {
    say(`worker: polling ${started.worker.address}, namespace ${started.worker.namespace}`);
    if (settings.metrics) say(`worker: metrics at http://${settings.metrics}/metrics`);
    await Promise.race([stopped, started.worker.failed, started.stores.lost]);
  }
  say('worker: stopping, running activities may finish');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
await closers.close(say);
process.exit();

/** Opens everything; what others have not started yet is waited for. */
async function start(settings: Settings): Promise<{ stores: OpenStores; worker: RunningWorker }> {
  const stores = await patiently(() => openStores(settings, say), { isAway: isArchiveAway, say });
  closers.add('the archive', () => stores.archive.close());
  const { services, standIns } = await openServices(settings, stores);
  if (standIns) closers.add('the stand-ins', () => standIns.close());
  const worker = await patiently(() => runWorker({ settings, env: process.env, services, say }), {
    isAway: (error) => error instanceof TemporalUnreachable,
    say,
  });
  closers.add('the worker', () => worker.stop());
  return { stores, worker };
}
