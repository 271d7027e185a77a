/** How soon a publish starts while 200 clips are waited for: `npm run bench:publish`. Prints one JSON document. */
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { openSlots } from '../../test/slots/stage.js';
import { quietRuntime } from '../../workers/create-workers.js';
import { obtainTemporal } from '../../workers/temporal/obtain.js';

const CLIPS = 200;
const PUBLICATIONS = 20;

quietRuntime();
const { path } = await obtainTemporal({ env: process.env, say: (line) => console.error(line) });
const temporal = await TestWorkflowEnvironment.createLocal({
  server: { executable: { type: 'existing-path', path } },
});
const slots = await openSlots(temporal);
try {
  const idle = await publications('Idle');
  const film = await slots.film(CLIPS);
  const loaded = await publications('Load');
  const held = await slots.held(film);
  console.log(JSON.stringify({ clips: held, idleMs: figures(idle), underLoadMs: figures(loaded) }));
} finally {
  await slots.close();
  await temporal.teardown();
}

/** Ms from each order to its start, one order after another. The first, which warms up, is left out. */
async function publications(name: string): Promise<number[]> {
  const times: number[] = [];
  for (let at = 0; at <= PUBLICATIONS; at += 1)
    times.push(await slots.publish(`${name}${String(at).padStart(8, '0')}`));
  return times.slice(1);
}

function figures(times: readonly number[]): { median: number; worst: number } {
  const sorted = times.toSorted((a, b) => a - b).map((ms) => Math.round(ms));
  return { median: sorted[Math.floor(sorted.length / 2)] ?? NaN, worst: sorted.at(-1) ?? NaN };
}
