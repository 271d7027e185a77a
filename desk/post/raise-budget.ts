import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from 'hono';
import { setBatchBudget } from '../../client/batch-orders.js';
import { CopydeskError } from '../../contract/errors.js';
import { dollars, parseUsd, toUsd } from '../../contract/money/nano.js';
import type { DeskDeps } from '../deps.js';
import { readForm } from '../kit/form.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { sentence } from './decide.js';
import { type DecisionTools, followDecision, listIn } from './decision-routes.js';

const PATIENCE_MS = 10_000;
const EVERY_MS = 250;

/** Raises the budget of a post's batch to what the button named, and resumes the post once that counts. */
export async function raiseAndResume(
  c: Context<RoomEnv>,
  id: string,
  tools: DecisionTools,
): Promise<Response> {
  const { deps, reader, pages } = tools;
  const { field } = await readForm(c);
  const post = await reader.post(id);
  if (!post) return c.notFound();
  const refuse = (problem: string, status: 400 | 409) =>
    pages.post(c, id, listIn(field), { problem, typed: field, seen: null, status });
  const nano = parseUsd(field('usd'));
  if (nano === null) return refuse('The form names no budget; open the post again.', 400);
  const usd = toUsd(nano);
  try {
    await setBatchBudget(deps.batches, post.batchId, { by: c.get('person').name, usd });
  } catch (error) {
    if (error instanceof CopydeskError) return refuse(sentence(error.message, id), 409);
    throw error;
  }
  const raised = `The budget of its batch is ${dollars(usd)} now.`;
  if (!(await isOnRecord(deps, post.batchId, usd)))
    return refuse(`${raised} The archive has yet to hear of it: resume the post in a moment.`, 409);
  return followDecision(c, id, field, tools, [raised]);
}

/** Paid steps ask the archive what they may spend: a post that is resumed before it knows is blocked again. */
async function isOnRecord({ archive }: DeskDeps, batchId: string, usd: number): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    if ((await archive.records.findBatch(batchId))?.budgetUsd === usd) return true;
    if (performance.now() > until) return false;
    await sleep(EVERY_MS);
  }
}
