import { mkdtemp, rm } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createActivities, type Activities } from '../activities/index.js';
import type { PlanTask } from '../activities/plan.js';
import { titleKey } from '../activities/plan-rules.js';
import type { Account } from '../contract/account.js';
import { ID_PATTERN, newId } from '../contract/ids.js';
import { mixSize, specialMessage, splitMix, type Mix } from '../contract/mix.js';
import { readSettings } from '../config/settings.js';
import { loadAccount } from '../config/accounts/load.js';
import type { LedgerEntry, StandIns } from '../offline/stand-ins.js';
import type { TextService } from '../services/text/text.js';
import { openServices } from '../workers/open-services.js';
import { openStores, type OpenStores } from '../workers/open-stores.js';
import { planPage } from '../workflows/batch/plan-page.js';
import { nextPage, planCharges } from '../workflows/batch/plan.js';
import { newBatch, type Batch } from '../workflows/batch/state.js';
import { batchCost, unknownBatchCost } from '../workflows/batch/status.js';
import { createCell } from '../workflows/cell.js';
import { mixes, slips } from './mixes/random-mixes.js';

const RUNS = 200;

const scheduled = vi.hoisted(() => ({ plan: null as unknown as (task: PlanTask) => unknown }));
// Only Temporal's dispatch is replaced: a page that the workflow asks for runs the real activity in this process.
vi.mock('../workflows/activities.js', () => ({
  paid: {
    plan: { executeWithOptions: (_options: object, [task]: [PlanTask]) => scheduled.plan(task) },
  },
}));

/** A call to the planner: which page it was for, and the words that were sent. */
interface Asked {
  readonly task: PlanTask;
  readonly input: string;
}

let folder: string;
let stores: OpenStores;
let standIns: StandIns;
let beats: { account: Account; planner: string }[];
let asked: Asked[] = [];
const idsOfAllRuns = new Set<string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copydesk-mixes-'));
  const settings = readSettings({ COPYDESK_DATA: folder });
  stores = await openStores(settings, () => undefined);
  const { services, standIns: opened } = await openServices(settings, stores);
  if (!opened) throw new Error('these tests are of the stand-ins; settings without keys start them');
  standIns = opened;
  standIns.control.set({ openai: { latencyMs: 0 } });
  let task: PlanTask;
  const { text } = services;
  const heard: TextService = {
    provider: text.provider,
    offline: text.offline,
    rate: text.rate,
    embed: (question) => text.embed(question),
    moderate: (texts) => text.moderate(texts),
    ask: (question) => {
      asked.push({ task, input: question.input });
      return text.ask(question);
    },
  };
  const { plan } = createActivities({ ...services, text: heard });
  scheduled.plan = (one) => {
    task = one;
    return new MockActivityEnvironment().run<[PlanTask], unknown, Activities['plan']>(plan, one);
  };
  const accounts = await Promise.all(
    ['ashtalksai', 'crumbandcrust'].map((name) => loadAccount('accounts', name)),
  );
  beats = accounts.flatMap((account) =>
    Object.keys(account.planners).map((planner) => ({ account, planner })),
  );
}, 60_000);

afterAll(async () => {
  await standIns.close();
  await stores.archive.close();
  await rm(folder, { recursive: true, force: true });
});

/** Plans a whole batch page by page, by the batch workflow's own code. */
async function planned(mix: Mix, beat: number): Promise<Batch> {
  const { account, planner } = beats[beat % beats.length] as (typeof beats)[number];
  const id = newId((max) => randomInt(max));
  const input = { id, account, planner, mix, brief: null, budget: account.budget.batch };
  const batch = createCell(newBatch(input, new Date().toISOString()));
  const next = () => nextPage(batch.value.plan, mix);
  for (let page = next(); page; page = next()) await planPage(batch, page);
  return batch.value;
}

const count = (formats: readonly string[]): Mix => {
  const counts: Record<string, number> = {};
  for (const format of formats) counts[format] = (counts[format] ?? 0) + 1;
  return counts;
};

describe('the plan of a batch', () => {
  it(
    `over ${RUNS} random mixes the planner's page split and the result hold the mix exactly, also when the model is off at first`,
    { timeout: 300_000 },
    async () => {
      const sizes: number[] = [];
      let runsWithSlips = 0;
      await fc.assert(
        fc.asyncProperty(mixes, slips, fc.nat(99), async (mix, off, beat) => {
          standIns.control.clear();
          if (off > 0) standIns.control.fail({ on: 'openai', kind: 'off-mix', match: '^plan', times: off });
          asked = [];
          const billedBefore = (await standIns.ledger()).length;
          const batch = await planned(mix, beat);
          holdsTheMix(batch, mix);
          const pages = splitMix(mix);
          splitsTheMix(pages, mix);
          asksForEachPage(pages, off);
          costsWhatWasBilled(batch, (await standIns.ledger()).slice(billedBefore));
          sizes.push(mixSize(mix));
          if (off > 0) runsWithSlips += 1;
        }),
        { numRuns: RUNS },
      );
      expect(sizes).toHaveLength(RUNS);
      expect(sizes.some((size) => size > 60)).toBe(true);
      expect(runsWithSlips).toBeGreaterThan(RUNS / 6);
    },
  );
});

/** Into full pages of 20 and a rest; that they hold the mix is known where a mix is split. */
function splitsTheMix(pages: readonly Mix[], mix: Mix): void {
  const size = mixSize(mix);
  expect(pages.map(mixSize)).toEqual(
    Array.from({ length: Math.ceil(size / 20) }, (_, at) => Math.min(20, size - 20 * at)),
  );
}

function holdsTheMix({ plan }: Batch, mix: Mix): void {
  const { queue } = plan;
  expect(count(queue.map((post) => post.contentFormat))).toEqual(mix);
  expect(new Set(queue.map((post) => titleKey(post.title))).size).toBe(mixSize(mix));
  for (const { id } of queue) {
    expect(id).toMatch(ID_PATTERN);
    expect(idsOfAllRuns.has(id)).toBe(false);
    idsOfAllRuns.add(id);
  }
}

/** Page by page in order, each as often as it took, with the sentence of its own share and the reason of the try before. */
function asksForEachPage(pages: readonly Mix[], off: number): void {
  const expected = pages.flatMap((mix, at) =>
    Array.from({ length: at === 0 ? off + 1 : 1 }, (_, tries) => ({ mix, page: at + 1, call: tries + 1 })),
  );
  expect(asked.map(({ task: { mix, page, call } }) => ({ mix, page, call }))).toEqual(expected);
  let titles = 0;
  for (const { task, input } of asked) {
    expect(input.match(/Generate exactly [^\n]*/g)).toEqual([specialMessage(task.mix)]);
    expect(input.includes('There was a problem with the last plan: the answer holds')).toBe(task.call > 1);
    if (task.call === 1 && task.page > 1) titles += mixSize(pages[task.page - 2] as Mix);
    expect(task.titlesSoFar).toHaveLength(titles);
  }
}

/** Each paid try has one charge, of the amount that the stand-in billed for it. */
function costsWhatWasBilled(batch: Batch, ledger: readonly LedgerEntry[]): void {
  const { pages } = batch.plan;
  const charges = planCharges(batch.plan);
  expect(charges.map(({ requestId, amount }) => [requestId, amount])).toEqual(
    ledger.map(({ requestId, amountNano }) => [requestId, amountNano]),
  );
  expect(charges).toHaveLength(asked.length);
  expect(new Set(charges.map(({ key }) => key)).size).toBe(asked.length);
  expect(charges.filter(({ outcome }) => outcome === 'kept')).toHaveLength(pages.length);
  expect(batchCost(batch)).toBe(ledger.reduce((sum, { amountNano }) => sum + amountNano, 0));
  expect(unknownBatchCost(batch)).toBe(0);
  expect(pages.reduce((sum, page) => sum + page.attempts, 0)).toBe(asked.length);
}
