/** What a worker tells of the money it spends, in its metrics and in its log. */
import { afterEach, expect, it, vi } from 'vitest';
import { freePort } from '../ports.js';
import { LONGEST_MS, Scene, waiting } from './scene.js';

vi.setConfig({ testTimeout: LONGEST_MS });
let scene: Scene;
afterEach(() => scene.close());

it('counts every charge where COPYDESK_METRICS says, and logs a line for each', async () => {
  scene = await Scene.open();
  await scene.startTemporal();
  const metrics = `127.0.0.1:${await freePort()}`;
  const worker = await scene.startWorker({ COPYDESK_METRICS: metrics });
  const batchId = await scene.startBatch({ hero_text: 1 });
  await scene.batchUntil(batchId, waiting);
  const page = await (await fetch(`http://${metrics}/metrics`)).text();
  const total = (name: string): number =>
    [...page.matchAll(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'gm'))].reduce(
      (sum, [, value]) => sum + Number(value),
      0,
    );
  const ledger = await scene.standIns.ledger();
  expect(total('copydesk_charges')).toBe(ledger.length);
  expect(total('copydesk_charge_nano_usd')).toBe(ledger.reduce((sum, { amountNano }) => sum + amountNano, 0));
  // The log is written a moment later.
  await worker.says(/^info: charge /, { times: ledger.length });
  const lines = worker.said(/^info: charge /);
  expect(lines).toHaveLength(ledger.length);
  expect(lines.some((line) => line.includes('step=hero_image'))).toBe(true);
  expect(page).toMatch(/^temporal_/m);
});
