import type { Collected } from '../../activities/collect.js';
import type { Submitted } from '../../activities/submit.js';
import type { StepReport } from '../../activities/tell-batch.js';
import { STEP_LABEL, type MediaStep } from '../../contract/states.js';
import { media, paid } from '../activities.js';
import { Blocked } from '../blocked.js';
import type { Cell } from '../cell.js';
import { attemptUntilTaken } from '../paid/attempt.js';
import { addCharges, writeNote } from '../paid/row.js';
import { adopt, lookAgain } from './adopt.js';
import {
  finishStep,
  forgetJob,
  keepJob,
  loseSubmit,
  nextNumber,
  rowCell,
  storeAsset,
  type Work,
} from './state/work.js';
import type { MediaTask } from '../../activities/media-task.js';
import { DRAFT_LIMITS, cutText, type Draft } from '../../contract/draft.js';
import { formatOf } from '../../contract/formats/registry.js';
import type { Spend } from '../../contract/money/spend.js';
import { rowOf } from './state/rows.js';
import { spendOf, type Post } from './state/state.js';
import { postReport } from './status.js';

/** Has the picture or the clip made: submitted once, then collected however often that takes. */
export async function illustrate(request: MediaRequest, work: Cell<Work>): Promise<void> {
  const { step, endpoint } = request.task;
  rowCell(work, step).change((row) => ({
    ...row,
    state: 'running',
    note: null,
    provider: 'fal',
    model: endpoint,
  }));
  const failed = work.value.jobs[step]?.failed ? await collect(request, work) : null;
  if (failed === null || failed.error !== null) {
    if (!work.value.jobs[step]) await orderJob(request, work);
    const { error } = await collect(request, work);
    if (error !== null) throw new Blocked(error);
  }
  work.change((now) => finishStep(now, step));
}

/** Waits for the step's job and has its file stored. A job that is of no more use is forgotten, its charges are not. */
async function collect(
  { task: { step }, spend, report }: MediaRequest,
  work: Cell<Work>,
): Promise<Collected> {
  const job = work.value.jobs[step];
  if (!job) throw new Error(`there is no job of ${step} to collect`);
  const { task, requestId, failed: once = false } = job;
  const collected = await media.collect.executeWithOptions(
    { summary: `${STEP_LABEL[step]}: wait for ${requestId}` },
    [{ task, requestId, once, number: nextNumber(work.value, step), spend, step: report }],
  );
  const { charges, seconds, at, again, asset } = collected;
  rowCell(work, step).change((row) => ({ ...addCharges(row, charges), apiSeconds: seconds, at }));
  work.change((now) => {
    if (again === 'file') return keepJob(now, { task, requestId, refused: true });
    if (again === 'job' && !once) return keepJob(now, { task, requestId, failed: true });
    return forgetJob(now, step);
  });
  if (asset !== null) work.change((now) => storeAsset(now, step, asset));
  return collected;
}

/** Has a job to collect. A submit that is still looked for is found or given up before another is paid. */
async function orderJob(request: MediaRequest, work: Cell<Work>): Promise<void> {
  const { lostSubmit } = work.value;
  const lost = lostSubmit?.task.step === request.task.step ? lostSubmit : null;
  if (lost?.lookedUntil === null) return adopt(lost, request, work);
  if (lost && (await lookAgain(lost, request, work))) return;
  await submit(request, work);
}

async function submit(request: MediaRequest, work: Cell<Work>): Promise<void> {
  const { task: unseeded, frame, spend } = request;
  // Its batch is told once of what is turned away again and again.
  let untold: StepReport | undefined = request.report;
  // Random in a workflow is the same on every replay.
  const seed = Math.floor(Math.random() * 2 ** 31);
  const task = { ...unseeded, seed, imageUrl: frame === null ? null : await uploadFrame(frame) };
  const label = STEP_LABEL[task.step];
  const row = rowCell(work, task.step);
  const since = new Date().toISOString();
  const sent = await attemptUntilTaken<Submitted>({
    label,
    make() {
      const report = untold;
      untold = undefined;
      const summary = `${label}: submit to ${task.endpoint}`;
      return paid.submit.executeWithOptions({ summary }, [task, spend, report]);
    },
    // It may have been sent: it is looked for like any other whose answer was lost.
    settleDead: (reason) => Promise.resolve({ outcome: 'lost', reason }),
    onWait: (reason) => writeNote(row, reason),
  });
  row.change((now) => ({ ...now, attempts: now.attempts + 1 }));
  if (sent.outcome === 'kept') return work.change((now) => keepJob(now, { task, requestId: sent.requestId }));
  const from = new Date().toISOString();
  const lost = { task, since, from, reason: sent.reason, lookedUntil: null };
  work.change((now) => loseSubmit(now, lost));
  await adopt(lost, request, work);
}

/** Puts the hero frame where fal can read it, anew for each job: an uploaded file expires. */
async function uploadFrame(asset: string): Promise<string> {
  const { url } = await media.uploadFrame.executeWithOptions({ summary: `Upload ${asset}` }, [{ asset }]);
  return url;
}

/** What a picture or clip is made from, and with whose money. */
interface MediaRequest {
  /** All of a task that is the same for each try. */
  readonly task: Omit<MediaTask, 'seed' | 'imageUrl'>;
  /** The stored hero frame that a clip starts from; null for a picture. */
  readonly frame: string | null;
  readonly spend: Spend;
  /** What the post's batch hears of a step that takes longer. */
  readonly report: StepReport;
}

export function mediaRequest(post: Post, step: MediaStep): MediaRequest {
  const { input, words, work } = post;
  if (!words.draft) throw new Error('a picture is made from a draft, and there is none');
  const asked = work.instructions === null ? '' : `\n\nThe editor asks: ${work.instructions}`;
  const { video, image } = input.account.models;
  const task = { postId: input.id, step, aspectRatio: formatOf(input.contentFormat).aspectRatio };
  const spend = spendOf(post, step);
  const report = { batchId: input.batchId, report: postReport(post) };
  if (step === 'hero_image') {
    const prompt = picturePrompt(words.draft, asked, input.account.look);
    return { task: { ...task, endpoint: image, prompt }, frame: null, spend, report };
  }
  const frame = rowOf(work.rows, 'hero_image').asset;
  if (frame === null) throw new Error('a clip is made from a hero frame, and there is none');
  return { task: { ...task, endpoint: video, prompt: clipPrompt(words.draft, asked) }, frame, spend, report };
}

/** The drafter's words, as many as such models take, in the account's look. */
const picturePrompt = ({ imagePrompt }: Draft, asked: string, look: string): string =>
  `${cutText(imagePrompt, DRAFT_LIMITS.imagePrompt)}${asked}\n\nLook: ${look}\nNo writing, letters or logos in the picture.`;

const clipPrompt = ({ shot, imagePrompt }: Draft, asked: string): string =>
  `${cutText(shot ?? imagePrompt, DRAFT_LIMITS.shot)}${asked}\n\nOne continuous shot. No writing.`;
