import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { cancelSignal } from '../contract/messages.js';
import { clipScenarios, heroScenarios, textScenarios, type Scenario } from './fault-walk/scenarios.js';
import { retriesOf, unclaimed, walk } from './fault-walk/walk.js';
import { startHarness, type Harness } from './harness.js';
import { until } from './until.js';

let desk: Harness;
beforeAll(async () => {
  desk = await startHarness({}, { media: 'plain' });
});
afterAll(() => desk.close());

// Long enough for a file that is fetched for half a minute, among others.
vi.setConfig({ testTimeout: 150_000 });
const batches: { id: string; lostBills: number }[] = [];

const CONCURRENT: [of: string, mark: string, scenarios: readonly Scenario[]][] = [
  ['a picture', 'hero', heroScenarios],
  ['a plan', 'plan', textScenarios('plan')],
  ['a draft', 'draft', textScenarios('draft')],
];

function walkEach(scenarios: readonly Scenario[], mark: string): void {
  it.each(scenarios.map((scenario, index) => ({ name: scenario.name, scenario, index })))(
    'ends as the table says: $name',
    ({ scenario, index }) =>
      walk(desk, scenario, `${mark}${index}walk`, (id) =>
        batches.push({ id, lostBills: scenario.lostBills ?? 0 }),
      ),
  );
}

describe.concurrent.each(CONCURRENT)('%s', (_of, mark, scenarios) => walkEach(scenarios, mark));

// One by one: an upload can't be told from another's.
describe('a clip', () => walkEach(clipScenarios, 'clip'));

describe('a job whose post is cancelled', () => {
  it.each([
    { status: 500, type: 'Provider.ServerError' },
    { status: 401, type: 'Provider.Authentication' },
  ])('is stopped in the end when fal answers $status first, and costs nothing', async ({ status, type }) => {
    desk.standIns.control.set({ image: { latencyMs: 600_000 } });
    const before = (await desk.standIns.ledger()).length;
    const batchId = await desk.startBatch({ hero_text: 1 });
    batches.push({ id: batchId, lostBills: 0 });
    const jobs = async () =>
      (await desk.standIns.ledger()).slice(before).filter(({ provider }) => provider === 'fal');
    await until(jobs, (found) => found.length === 1);
    desk.standIns.control.fail({ on: 'cancel', kind: 'status', status });
    const [post] = (await desk.batchStatus(batchId)).posts;
    const handle = desk.post(String(post?.id));
    await handle.signal(cancelSignal, { by: 'mo' });
    const ended = await desk.postEnd(String(post?.id));
    expect(ended).toMatchObject({ status: 'cancelled', unknownUsd: 0 });
    const row = ended.pipeline.find(({ step }) => step === 'hero_image');
    expect(row).toMatchObject({
      costUsd: 0,
      note: expect.stringMatching(/was stopped and cost nothing$/) as string,
    });
    expect((await retriesOf(handle)).map((retry) => retry.type)).toEqual([type]);
    expect((await jobs()).reduce((sum, { amountNano }) => sum + amountNano, 0)).toBe(0);
  });
});

describe('the whole walk', () => {
  it('was billed for what is on the record, and for exactly the answers that were lost', async () => {
    const left = await unclaimed(
      desk,
      batches.map(({ id }) => id),
    );
    expect(left).toHaveLength(batches.reduce((sum, { lostBills }) => sum + lostBills, 0));
    expect(batches.length).toBeGreaterThan(60);
  });
});
