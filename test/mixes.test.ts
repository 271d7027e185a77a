import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, expect, it, vi } from 'vitest';
import { createPlan, type PlanTask } from '../activities/plan.js';
import { titleKey } from '../activities/plan-rules.js';
import { perform } from '../activities/testing/stage.js';
import { useStage } from '../activities/testing/use-stage.js';
import type { Account } from '../contract/account.js';
import { FORMAT_NAMES } from '../contract/formats/registry.js';
import { ID_PATTERN, newId } from '../contract/ids.js';
import { mixSize, specialMessage, splitMix, type Mix } from '../contract/mix.js';
import { loadAccount } from '../config/accounts/load.js';
import type { LedgerEntry } from '../offline/stand-ins.js';
import { planPage } from '../workflows/batch/plan-page.js';
import { nextPage, planCharges } from '../workflows/batch/plan.js';
import { newBatch, type Batch } from '../workflows/batch/state.js';
import { batchCost, unknownBatchCost } from '../workflows/batch/status.js';
import { createCell } from '../workflows/cell.js';
import { MOST_TRIES } from '../workflows/paid/ask.js';

const RUNS = 200;
vi.setConfig({ testTimeout: 300_000 });

const scheduled = vi.hoisted(() => ({ plan: null as unknown as (task: PlanTask) => unknown }));
// Only Temporal's dispatch is replaced: a page that the workflow asks for runs the real activity in this process.
vi.mock('../workflows/activities.js', () => ({
  paid: {
    plan: { executeWithOptions: (_options: object, [task]: [PlanTask]) => scheduled.plan(task) },
  },
}));
vi.mock('../workflows/paid/run-name.js', () => ({ runName: () => 'run1' }));

const stage = useStage();
let tasks: PlanTask[] = [];
let beats: { account: Account; planner: string }[];
beforeAll(async () => {
  scheduled.plan = (task) => {
    tasks.push(task);
    return perform(createPlan(stage.services()).plan, task);
  };
  const handles = ['ashtalksai', 'crumbandcrust'];
  const accounts = await Promise.all(handles.map((name) => loadAccount('accounts', name)));
  beats = accounts.flatMap((account) =>
    Object.keys(account.planners).map((planner) => ({ account, planner })),
  );
});

/** Mostly of 1 to 60 posts, some of up to 200; of one format or of all. */
const mixes: fc.Arbitrary<Mix> = fc
  .record({
    size: fc.oneof(
      { weight: 8, arbitrary: fc.integer({ min: 1, max: 60 }) },
      { weight: 1, arbitrary: fc.integer({ min: 61, max: 200 }) },
    ),
    share: fc.tuple(...FORMAT_NAMES.map(() => fc.integer({ min: 0, max: 10 }))),
  })
  .filter(({ share }) => share.some((weight) => weight > 0))
  .map(({ size, share }) => {
    const whole = share.reduce((sum, weight) => sum + weight, 0);
    let left = size;
    const counts = share.map((weight, at): [string, number] => {
      const count = Math.min(left, Math.ceil((size * weight) / whole));
      left -= count;
      return [FORMAT_NAMES[at]!, count];
    });
    return Object.fromEntries(counts.filter(([, count]) => count > 0));
  });
/** How often the model is off the mix at first: in about a third of the runs, once or as often as it is forgiven. */
const slips = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: MOST_TRIES - 1 }) },
);

/** Plans a whole batch page by page, by the batch workflow's own code. */
async function planned(mix: Mix, beat: number): Promise<Batch> {
  const { account, planner } = beats[beat % beats.length]!;
  const id = newId((max) => randomInt(max));
  const input = { id, account, planner, mix, brief: null, budget: account.budget.batch };
  const batch = createCell(newBatch(input, new Date().toISOString()));
  const next = () => nextPage(batch.value.plan, mix);
  for (let page = next(); page; page = next()) await planPage(batch, page);
  return batch.value;
}

it(`over ${RUNS} random mixes the planner's page split and the result hold the mix exactly, also when the model is off at first`, async () => {
  const sizes: number[] = [];
  let runsWithSlips = 0;
  await fc.assert(
    fc.asyncProperty(mixes, slips, fc.nat(99), async (mix, off, beat) => {
      await stage.reset();
      tasks = [];
      if (off > 0) stage.control.fail({ on: 'openai', kind: 'off-mix', match: '^plan', times: off });
      const batch = await planned(mix, beat);
      holdsTheMix(batch, mix);
      const pages = splitMix(mix);
      splitsTheMix(pages, mix);
      asksForEachPage(pages, off);
      costsWhatWasBilled(batch, await stage.bill());
      sizes.push(mixSize(mix));
      if (off > 0) runsWithSlips += 1;
    }),
    { numRuns: RUNS },
  );
  expect(sizes).toHaveLength(RUNS);
  expect(sizes.some((size) => size > 60)).toBe(true);
  expect(runsWithSlips).toBeGreaterThan(RUNS / 6);
});

/** Into full pages of 20 and a rest; that they hold the mix is known where a mix is split. */
function splitsTheMix(pages: readonly Mix[], mix: Mix): void {
  const size = mixSize(mix);
  const rests = Array.from({ length: Math.ceil(size / 20) }, (_, at) => Math.min(20, size - 20 * at));
  expect(pages.map(mixSize)).toEqual(rests);
}

const ids = new Set<string>();
function holdsTheMix({ plan: { queue } }: Batch, mix: Mix): void {
  const counts: Record<string, number> = {};
  for (const { id, contentFormat } of queue) {
    counts[contentFormat] = (counts[contentFormat] ?? 0) + 1;
    expect(id).toMatch(ID_PATTERN);
    expect(ids.has(id)).toBe(false);
    ids.add(id);
  }
  expect(counts).toEqual(mix);
  expect(new Set(queue.map((post) => titleKey(post.title))).size).toBe(mixSize(mix));
}

/** Page by page in order, each as often as it took, with the sentence of its own share and the reason of the try before. */
function asksForEachPage(pages: readonly Mix[], off: number): void {
  const expected = pages.flatMap((mix, at) =>
    Array.from({ length: at === 0 ? off + 1 : 1 }, (_, tries) => ({ mix, page: at + 1, call: tries + 1 })),
  );
  expect(tasks.map(({ mix, page, call }) => ({ mix, page, call }))).toEqual(expected);
  const inputs = stage.recorder
    .sent('POST', '/responses')
    .map(({ body }) => (JSON.parse(body) as { input: string }).input);
  let titles = 0;
  for (const [at, { mix, page, call, titlesSoFar }] of tasks.entries()) {
    expect(inputs[at]!.match(/Generate exactly [^\n]*/g)).toEqual([specialMessage(mix)]);
    expect(inputs[at]!.includes('There was a problem with the last plan: the answer holds')).toBe(call > 1);
    if (call === 1 && page > 1) titles += mixSize(pages[page - 2]!);
    expect(titlesSoFar).toHaveLength(titles);
  }
}

/** Each paid try has one charge, of the amount that the stand-in billed for it. */
function costsWhatWasBilled(batch: Batch, ledger: readonly LedgerEntry[]): void {
  const { pages } = batch.plan;
  const charges = planCharges(batch.plan);
  expect(charges.map(({ requestId, amount }) => [requestId, amount])).toEqual(
    ledger.map(({ requestId, amountNano }) => [requestId, amountNano]),
  );
  expect(charges).toHaveLength(tasks.length);
  expect(new Set(charges.map(({ key }) => key)).size).toBe(tasks.length);
  expect(charges.filter(({ outcome }) => outcome === 'kept')).toHaveLength(pages.length);
  expect(batchCost(batch)).toBe(ledger.reduce((sum, { amountNano }) => sum + amountNano, 0));
  expect(unknownBatchCost(batch)).toBe(0);
  expect(pages.reduce((sum, page) => sum + page.attempts, 0)).toBe(tasks.length);
}
