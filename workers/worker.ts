/** A worker by itself: what `copydesk worker` runs. Text, media, archive and Temporal are what the environment says. */
import { loadEnvFile } from '../config/env-file.js';
import { queuesValue } from '../command/options/values.js';
import { readSettings, type Settings } from '../config/settings.js';
import type { QueueName } from '../contract/task-queues.js';
import { Closers, listenForStop } from './stop.js';
import { openDataFolder } from './data-folder.js';
import { openServices } from './open-services.js';
import { printDocument, say } from './log.js';
import { isArchiveAway, noStores, openStores, type OpenStores } from './open-stores.js';
import { openPatiently } from './patiently.js';
import { argumentsOf, end, fail } from './program.js';
import { runWorker, TemporalUnreachable, type RunningWorker } from './run-worker.js';
import { installRuntime } from './runtime.js';
import { waitedFor, type UnderWay } from './under-way.js';
import { startWatchdog } from './watchdog.js';

/** A worker by itself is stopped by a deploy, which can wait for the longest answer. */
const GRACE_SECONDS = 300;

interface Started {
  readonly stores: OpenStores;
  readonly worker: RunningWorker;
  readonly underWay: UnderWay;
}

const { json, queues: chosen } = argumentsOf(process.argv.slice(2));
const closers = new Closers();
const stop = listenForStop();
try {
  const queues = queuesValue(chosen);
  const settings = readSettings(loadEnvFile(process.env));
  const graceSeconds = settings.grace ?? GRACE_SECONDS;
  installRuntime(settings, 'info');
  if (settings.databaseUrl === null && needsStores(queues)) startWatchdog();
  openDataFolder(settings.data, say);
  const started = await Promise.race([start(settings, queues, graceSeconds), stop.begun.then(() => null)]);
  if (started) {
    announce(started.worker, queues);
    if (settings.metrics) say(`worker: metrics at http://${settings.metrics}/metrics`);
    await Promise.race([stop.begun, started.worker.failed, started.stores.lost]);
  }
  const waits = started && waitedFor(started.underWay.calls, graceSeconds);
  say(`worker: stopping${waits ? `; ${waits}` : ''}`);
} catch (error) {
  fail(error, { json });
}
await end({ stop, closers });

/** Opens everything; what others have not started yet is waited for. */
async function start(
  settings: Settings,
  queues: readonly QueueName[],
  graceSeconds: number,
): Promise<Started> {
  const stores = needsStores(queues)
    ? await openPatiently(() => openStores(settings, say), { isAway: isArchiveAway, say })
    : noStores();
  closers.add('the archive', () => stores.archive.close());
  const { services, standIns, underWay } = await openServices(settings, stores, {
    queues,
    stopping: stop.signal,
  });
  if (standIns) closers.add('the stand-ins', () => standIns.close());
  const graceMs = graceSeconds * 1_000;
  const worker = await openPatiently(
    () => runWorker({ settings, env: process.env, services, queues, graceMs, say }),
    { isAway: (error) => error instanceof TemporalUnreachable, say },
  );
  closers.add('the worker', () => Promise.race([worker.stop(), stop.hurried]));
  return { stores, worker, underWay };
}

/** Workflows touch nothing outside Temporal. */
function needsStores(queues: readonly QueueName[]): boolean {
  return queues.some((queue) => queue !== 'workflows');
}

function announce({ address, namespace }: RunningWorker, queues: readonly QueueName[]): void {
  if (json) printDocument({ ready: true, temporal: address, namespace, queues });
  say(`worker: polling ${address}, namespace ${namespace}: ${queues.join(', ')}`);
}
