import { condition } from '@temporalio/workflow';
import type { Draft } from '../../contract/draft.js';
import { type MediaStep, MENDING_MS, type PostState, STEP_LABEL, isFinal } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import { whyBlocked } from '../blocked.js';
import { type Cell, partOf } from '../cell.js';
import { isPostDue } from './carry-over.js';
import { blockAt } from './state/decisions.js';
import { type PostReporter, enter, throwIfFinal } from './reporter.js';
import { waitAtGate } from './gate.js';
import { illustrate, mediaRequest } from './illustrate.js';
import { closeOut, failedTargets, openTargets, stoppedSince, targetsError } from './state/out.js';
import { publish } from './publish.js';
import { takeSlot, waitForSlot } from './slot.js';
import { type Post, spendOf } from './state/state.js';
import { type Task, statusFor } from './task.js';
import { failStep, finishStep, rowCell } from './state/work.js';
import { putDraft } from './state/words.js';
import { paid } from '../activities.js';
import { askForText, settleLost } from '../paid/ask.js';
import { runName } from '../paid/run-name.js';
import type { StepRow } from './state/rows.js';
import { draftKey } from '../../contract/money/charge.js';

/** Does what the post does next. */
export function carryOut(task: Task, post: Cell<Post>, reporter: PostReporter): Promise<void> {
  switch (task.do) {
    case 'write':
      return attempt(post, reporter, statusFor(task), () => writePost(post));
    case 'illustrate':
      return attempt(post, reporter, statusFor(task), () => illustratePost(post, task.step));
    case 'wait':
      return waitAtGate(post, reporter, task.gate);
    case 'wait-for-resume':
      return waitForResume(post, reporter);
    case 'take-slot':
      return blockOnFailure(post, 'scheduled', () => takeSlot(post, reporter));
    case 'wait-for-slot':
      return waitForSlot(post, reporter);
    case 'publish':
      return publishPost(post, reporter);
    case 'wait-for-mending':
      return waitForMending(post, reporter);
  }
}

/** Has the words written, and keeps them. */
export async function writePost(post: Cell<Post>): Promise<void> {
  const draft = await write(post.value, rowCell(partOf(post, 'work'), 'draft'));
  post.change((now) => withDraft(now, draft));
}

const withDraft = (post: Post, draft: Draft): Post => ({
  ...post,
  words: putDraft(post.words, draft),
  work: finishStep(post.work, 'draft'),
});

export const illustratePost = (post: Cell<Post>, step: MediaStep): Promise<void> =>
  illustrate(mediaRequest(post.value, step), partOf(post, 'work'));

/** A sample of an account that publishes to others alone. */
const NOWHERE: StatusError = {
  type: 'Sample.StaysHome',
  message:
    'an offline sample goes to no target but feed, which the account lacks: cancel it; samples: publish in the account file lets samples of later batches out',
  requestId: null,
};

/** Publishes at every target. With none that takes it, the post is blocked. */
async function publishPost(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const isOut = (): boolean => post.value.decisions.status === 'published';
  if (!isOut()) enter(post, reporter, 'publishing');
  await publish(post, reporter);
  const { out, input } = post.value;
  const error = targetsError(out) ?? NOWHERE;
  // Where some are still tried, it is only to continue as new.
  if (isOut() || openTargets(out, input.account.targets).length > 0) return;
  partOf(post, 'decisions').change((now) => blockAt(now, error, 'publishing'));
}

/** Tries a step. When it can't go on, the post is blocked. */
async function attempt(
  post: Cell<Post>,
  reporter: PostReporter,
  status: PostState,
  step: () => Promise<void>,
): Promise<void> {
  enter(post, reporter, status);
  await blockOnFailure(post, status, step);
}

async function blockOnFailure(post: Cell<Post>, status: PostState, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    const blocking = whyBlocked(error);
    // What was cut off by the post's end is no reason to wait for a person.
    throwIfFinal(post.value);
    post.change((now) => blockPost(now, blocking, status));
  }
}

/** @param from what it was at */
export const blockPost = (post: Post, error: StatusError, from: PostState): Post => ({
  ...post,
  work: failStep(post.work, error.message),
  decisions: blockAt(post.decisions, error, from),
});

/** Waits for a person to resume, which tries the step again, or to revise; or until it is time to continue as new. */
async function waitForResume(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const status = (): PostState => post.value.decisions.status;
  enter(post, reporter, 'blocked');
  await condition(() => status() !== 'blocked' || isPostDue(reporter));
  if (status() !== 'blocked' && !isFinal(status())) reporter.notifyBatch();
}

/** Has the post written: asked again with the reason when an answer can't be used, every paid try on its row. */
async function write(post: Post, row: Cell<StepRow>): Promise<Draft> {
  row.change((now) => ({ ...now, state: 'running', note: null }));
  const { input, words, work, decisions } = post;
  const { revision } = decisions;
  const { draft, instructions } = words;
  const revise = draft && instructions !== null ? { draft, instructions } : null;
  const confirmed = work.confirmed.includes('draft');
  const { payer } = spendOf(post, 'draft');
  const run = runName();
  const { value } = await askForText({
    label: STEP_LABEL.draft,
    row,
    ask: (question) =>
      paid.draft.executeWithOptions({ summary: `Draft: ${input.title}`.slice(0, 120) }, [
        { post: input, run, revision, revise, confirmed, ...question },
      ]),
    settleLost: (call) =>
      settleLost({
        key: draftKey({ postId: input.id, run, revision, call }),
        step: 'draft',
        model: input.account.models.draft,
        payer,
      }),
  });
  return value;
}

/**
 * Waits for a person to resume what failed at some target of a post that others have taken. After a month it stays as it is, and the
 * record says so. Comes back early when the post is taken back, or when it is time to continue as new.
 */
async function waitForMending(post: Cell<Post>, reporter: PostReporter): Promise<void> {
  const out = partOf(post, 'out');
  const since = stoppedSince(out.value);
  if (since === null) return;
  const wait = Math.max(1, Date.parse(since) + MENDING_MS - Date.now());
  const isOver = (): boolean => out.value.isClosed === true || failedTargets(out.value).length === 0;
  const isLeft = await condition(() => isOver() || isPostDue(reporter), wait, {
    summary: `Waits for a person to resume ${failedTargets(out.value).join(', ')}`,
  });
  if (!isLeft && !isOver()) out.change(closeOut);
}
