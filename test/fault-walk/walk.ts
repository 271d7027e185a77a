/** Walks one scenario: the fault, what Copydesk makes of it, a person's `resume`, and the bill. */
import type { WorkflowHandle } from '@temporalio/client';
import { expect } from 'vitest';
import type { Account } from '../../contract/account.js';
import { batchWorkflowId, postWorkflowId } from '../../contract/ids.js';
import { resumeSignal } from '../../contract/messages.js';
import type { Mix } from '../../contract/mix.js';
import { knownNano, unknownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';
import type { BatchStatus, PostStatus, StatusError } from '../../contract/status.js';
import type { FaultPoint, LedgerEntry } from '../../offline/stand-ins.js';
import { loadAccount } from '../../config/accounts/load.js';
import type { Harness } from '../harness.js';
import { until } from '../until.js';
import type { Scenario, Standing } from './scenarios.js';

/** A scenario under way. Its mark is in everything that its account has written and drawn. */
interface Walk {
  readonly desk: Harness;
  readonly scenario: Scenario;
  readonly mark: string;
  readonly batchId: string;
}

/** The part of a row that both a plan's and a post's step have. */
interface Row {
  readonly state: string;
  readonly attempts: number;
  readonly note?: string | null;
}
interface Stand {
  readonly row: Row;
  readonly error: StatusError | null;
}

/** @param began hears of the batch, whatever becomes of the walk. */
export async function walk(
  desk: Harness,
  scenario: Scenario,
  mark: string,
  began: (batchId: string) => void,
): Promise<void> {
  const account = await markedAccount(scenario, mark);
  const match = matcher(scenario, mark, account);
  for (const strike of scenario.strikes) desk.standIns.control.fail({ ...strike, ...match(strike.on) });
  const mix: Mix = scenario.step === 'video' ? { video: 1 } : { hero_text: 1 };
  const batchId = await desk.startBatch(mix, { account });
  began(batchId);
  const under: Walk = { desk, scenario, mark, batchId };

  const first = await desk.batchUntil(batchId, stands);
  const { blocked } = scenario;
  if (blocked) {
    const { row, error } = await standOf(under, first);
    expect(error).toMatchObject({
      type: blocked.type,
      message: expect.stringMatching(blocked.message) as string,
    });
    expect(error?.requestId === null).toBe(!blocked.request);
    expect(row).toMatchObject({ state: 'failed', attempts: blocked.standing.attempts, note: error?.message });
    await checkBill(under, blocked.standing);
    await resume(under, first);
  }
  const end = await desk.batchUntil(batchId, ({ posts }) => posts[0]?.status === 'awaiting_approval');
  const { row, error } = await standOf(under, end);
  expect(error).toBeNull();
  expect(row).toMatchObject({ state: 'done', attempts: scenario.end.attempts });
  if (scenario.note) expect(row.note).toMatch(scenario.note);
  await checkBill(under, scenario.end);
  await checkRetries(under, end);
  expect(strikesLeft(under)).toEqual([]);
  const endpoint = scenario.step === 'video' ? account.models.video : account.models.image;
  expect(await jobsOf(under, endpoint)).toBe(scenario.jobs ?? 1);
}

const stands = ({ status, posts: [post] }: BatchStatus): boolean =>
  status === 'blocked' || ['blocked', 'awaiting_approval', 'failed'].includes(String(post?.status));

async function markedAccount({ step, model }: Scenario, mark: string): Promise<Account> {
  const account = await loadAccount('accounts', 'ashtalksai');
  const which = { plan: 'plan', draft: 'draft', hero_image: 'image', video: 'video' } as const;
  const models = model === undefined ? account.models : { ...account.models, [which[step]]: model };
  return { ...account, handle: mark, look: `${mark}. ${account.look}`, models };
}

/** Which calls are the step's own: by the mark in its words, by the endpoint where there are none. */
function matcher(
  { step }: Scenario,
  mark: string,
  { models }: Account,
): (on: FaultPoint) => { match?: string } {
  const endpoint = step === 'video' ? models.video : models.image;
  const literal = endpoint.replaceAll('.', '\\.');
  return (on) => {
    if (on === 'openai') return { match: `^${step}\\w* [\\s\\S]*${mark}\\b` };
    if (on === 'pricing' || on === 'history') return { match: `^${literal}$` };
    // The name of an upload is that of a post which is not yet planned.
    if (on === 'upload') return {};
    return { match: step === 'video' ? `${literal} ` : `${mark}\\b` };
  };
}

const strikesLeft = ({ desk, scenario, mark }: Walk) =>
  desk.standIns.control
    .armed()
    .filter(
      ({ on, match }) => match?.includes(mark) || (!match && on === 'upload' && scenario.step === 'video'),
    );

async function standOf({ desk, scenario: { step }, batchId }: Walk, batch: BatchStatus): Promise<Stand> {
  if (step === 'plan') {
    const { error, pipeline } = await desk.batchStatus(batchId);
    return { error, row: pipeline[0] as Row };
  }
  const post = await desk.postStatus(postId(batch));
  return { error: post.error, row: rowOf(post, step) };
}

const rowOf = (post: PostStatus, step: string): Row => {
  const row = post.pipeline.findLast((one) => one.step === step);
  if (!row) throw new Error(`no row of ${step}`);
  return row;
};

const postId = ({ posts: [post] }: BatchStatus): string => {
  if (!post) throw new Error('the batch has no post');
  return post.id;
};

async function resume({ desk, scenario: { step }, batchId }: Walk, batch: BatchStatus): Promise<void> {
  const id = step === 'plan' ? batchWorkflowId(batchId) : postWorkflowId(postId(batch));
  await desk.client.workflow.getHandle(id).signal(resumeSignal, { by: 'mo', note: 'mended' });
}

async function checkRetries(under: Walk, batch: BatchStatus): Promise<void> {
  const { desk, scenario, batchId } = under;
  const { retried, waits } = scenario;
  const id = scenario.step === 'plan' ? batchWorkflowId(batchId) : postWorkflowId(postId(batch));
  const handle = desk.client.workflow.getHandle(id);
  const failures = await retriesOf(handle);
  expect(failures.map(({ type }) => type)).toEqual(retried ? [retried.type] : []);
  if (retried?.message) expect(failures[0]?.message).toMatch(retried.message);
  expect(await waitsOf(handle)).toEqual(waits ?? []);
}

/** The last failure of an activity that Temporal tried again. */
interface Retry {
  readonly type: string | null;
  readonly message: string;
}

export async function retriesOf(handle: WorkflowHandle): Promise<Retry[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ activityTaskStartedEventAttributes: started }) => {
    const failure = started?.lastFailure;
    if (!failure) return [];
    const type = failure.applicationFailureInfo?.type ?? null;
    return [{ type, message: failure.message ?? '' }];
  });
}

/** The timers that a workflow slept by, in ms. */
async function waitsOf(handle: WorkflowHandle): Promise<number[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap(({ timerStartedEventAttributes: timer }) => {
    const { seconds, nanos } = timer?.startToFireTimeout ?? {};
    const ms = Number(seconds ?? 0) * 1_000 + Number(nanos ?? 0) / 1e6;
    // A batch looks for news once a day.
    return timer && ms < 86_400_000 ? [ms] : [];
  });
}

const sum = (entries: readonly LedgerEntry[]): number =>
  entries.reduce((total, { amountNano }) => total + amountNano, 0);

/** The record, the archive and the stand-in's own ledger say the same of what was paid. */
async function checkBill(walk: Walk, standing: Standing): Promise<void> {
  const { desk, scenario, batchId } = walk;
  const { step, unpriced = false } = scenario;
  const ofStep = (charges: readonly Charge[]) => charges.filter((charge) => charge.step === step);
  const outcomes = (charges: readonly Charge[]) => ofStep(charges).map(({ outcome }) => outcome);
  const charges = await until(
    () => desk.services.archive.ledger.listCharges({ batchId }),
    (found) => outcomes(found).join() === standing.outcomes.join(),
  );
  const status = await until(
    () => desk.batchStatus(batchId),
    ({ costUsd, unknownUsd }) =>
      costUsd === toUsd(knownNano(charges)) && unknownUsd === toUsd(unknownNano(charges)),
  );
  expect(status.posts.length).toBeLessThanOrEqual(1);

  const ledger = await desk.standIns.ledger();
  for (const { basis, outcome, requestId, amount, step: of } of charges) {
    const isLost = outcome === 'lost' || (unpriced && of === step);
    expect(basis === 'unknown').toBe(isLost);
    if (isLost) expect(amount).toBeGreaterThan(0);
    else expect(sum(ledger.filter((entry) => entry.requestId === requestId))).toBe(amount);
  }
}

/** How many jobs fal was given for the scenario's step, by its own history. */
async function jobsOf(walk: Walk, endpoint: string): Promise<number> {
  const { desk, scenario, mark, batchId } = walk;
  const { createdAt: start } = await desk.batchStatus(batchId);
  const query = new URLSearchParams({ endpoint_id: endpoint, expand: 'payloads', limit: '100', start });
  const address = `${desk.standIns.falBaseUrl}/api.fal.ai/v1/models/requests/by-endpoint?${query}`;
  const answer = await fetch(address, { headers: { authorization: 'Key walk' } });
  const { items } = (await answer.json()) as { items: { json_input: { prompt?: string } }[] };
  return items.filter(
    ({ json_input: { prompt = '' } }) => scenario.step === 'video' || prompt.includes(`${mark}.`),
  ).length;
}

/** What was billed and is on no charge: the lost answers, and nothing else. Jobs that were given back count for nothing. */
export async function unclaimed(desk: Harness, batchIds: readonly string[]): Promise<LedgerEntry[]> {
  const charges = await Promise.all(
    batchIds.map((batchId) => desk.services.archive.ledger.listCharges({ batchId })),
  );
  const claimed = new Set(charges.flat().map(({ requestId }) => requestId));
  const ledger = await desk.standIns.ledger();
  const billed = (id: string): number => sum(ledger.filter(({ requestId }) => requestId === id));
  return ledger.filter(({ requestId }) => !claimed.has(requestId) && billed(requestId) !== 0);
}
