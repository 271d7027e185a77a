/** Walks one scenario: the fault, what Copydesk makes of it, a person's `resume`, and the bill. */
import { expect } from 'vitest';
import type { Account } from '../../contract/account.js';
import { batchWorkflowId, postWorkflowId } from '../../contract/ids.js';
import { resumeSignal } from '../../contract/messages.js';
import type { Mix } from '../../contract/mix.js';
import type { BatchStatus, PostStatus, StatusError } from '../../contract/status.js';
import type { FaultPoint } from '../../offline/stand-ins.js';
import { loadAccount } from '../../config/accounts/load.js';
import type { Harness } from '../harness.js';
import { checkBill, jobsOf } from './bill.js';
import { retriesOf, waitsOf } from './history.js';
import type { Scenario } from './scenario.js';

/** A scenario under way. Its mark is in everything that its account has written and drawn. */
export interface Walk {
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
