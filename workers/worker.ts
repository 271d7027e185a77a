/** A worker by itself: `node dist/workers/worker.js`. Text, media, archive and Temporal are what the environment says. */
import { mkdirSync } from 'node:fs';
import { readSettings } from '../contract/settings.js';
import { Closers } from './closers.js';
import { quietRuntime } from './create-worker.js';
import { openServices } from './open-services.js';
import { openStores } from './open-stores.js';
import { runWorker } from './run-worker.js';
import { stopSignal } from './signals.js';

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const closers = new Closers();
const stopped = stopSignal();
try {
  quietRuntime();
  const settings = readSettings(process.env);
  mkdirSync(settings.data, { recursive: true });
  const stores = await openStores(settings, say);
  closers.add('the archive', () => stores.archive.close());
  const { services, standIns } = await openServices(settings, stores);
  if (standIns) closers.add('the stand-ins', () => standIns.close());
  const worker = await runWorker({ settings, env: process.env, services });
  closers.add('the worker', () => worker.stop());
  say(`worker: polling ${worker.address}, namespace ${worker.namespace}`);
  await Promise.race([stopped, worker.failed, stores.lost]);
  say('worker: stopping, running activities may finish');
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
await closers.close(say);
process.exit();
