import { ActivityFailure, ApplicationFailure, isCancellation, sleep, patched } from '@temporalio/workflow';
import type { MediaTask } from '../../activities/media-task.js';
import type { Spend } from '../../contract/spend.js';
import type { Submitted } from '../../activities/submit.js';
import { formatOf } from '../../contract/formats/registry.js';
import { STEP_LABEL, type MediaStep } from '../../contract/states.js';
import { media, submitOnce } from '../activities.js';
import { Blocked } from '../blocked.js';
import { putCharges } from '../charges.js';
import { mediaPrompt } from './media-prompt.js';
import { markMade, rowOf, type LostSubmit, type PostRun, type SubmittedJob } from './run.js';
import { spendOf } from './spend.js';

/** How often a submit that fal turned away unmade is sent again before a person is asked. */
const MAX_SUBMITS = 10;
/** Nothing was sent yet: an archive may be away for long, and is waited for, with ever longer pauses. */
const NOT_COUNTED = 'Archive.Unreachable';
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** Has the picture or the clip made: submitted once, then collected however often that takes. */
export async function illustrate(run: PostRun, step: MediaStep): Promise<void> {
  const row = rowOf(run, step);
  Object.assign(row, { state: 'running', note: null, provider: 'fal', model: endpointOf(run, step) });
  const job = (run.jobs[step] ??= await jobFor(run, step));
  const number = nextNumber(run, step);
  const collected = await media.collect.executeWithOptions(
    { summary: `${STEP_LABEL[step]}: wait for ${job.requestId}` },
    [{ ...job, number, spend: spendOf(run, step) }],
  );
  putCharges(row, collected.charges);
  if (collected.again) run.jobs[step] = { ...job, refused: true };
  else delete run.jobs[step];
  Object.assign(row, { apiSeconds: collected.seconds, at: collected.at });
  if (collected.error !== null) throw new Blocked(collected.error);
  run.stored[step] = number;
  markMade(run, step);
  Object.assign(row, { state: 'done', asset: collected.asset });
}

/** A submit that is still looked for is found or given up before another is paid. */
async function jobFor(run: PostRun, step: MediaStep): Promise<SubmittedJob> {
  const { lostSubmit } = run;
  if (lostSubmit?.task.step === step) return adopt(run, lostSubmit);
  return submit(run, await mediaTask(run, step));
}

/** Which stored file of its kind the next one is, from 1. */
export const nextNumber = (run: PostRun, step: MediaStep): number => (run.stored[step] ?? 0) + 1;

const endpointOf = (run: PostRun, step: MediaStep): string =>
  step === 'video' ? run.input.account.models.video : run.input.account.models.image;

async function mediaTask(run: PostRun, step: MediaStep): Promise<MediaTask> {
  return {
    postId: run.input.id,
    step,
    endpoint: endpointOf(run, step),
    prompt: mediaPrompt(run, step),
    aspectRatio: formatOf(run.input.contentFormat).aspectRatio,
    // Random in a workflow is the same on every replay.
    seed: Math.floor(Math.random() * 2 ** 31),
    imageUrl: step === 'video' ? await frameUrl(run) : null,
  };
}

/** The hero frame where fal can read it, put there anew for each job: an uploaded file expires. */
async function frameUrl(run: PostRun): Promise<string> {
  const { asset } = rowOf(run, 'hero_image');
  if (asset === null) throw new Error('a clip is made from a hero frame, and there is none');
  return (await media.uploadFrame.executeWithOptions({ summary: `Upload ${asset}` }, [{ asset }])).url;
}

async function submit(run: PostRun, task: MediaTask): Promise<SubmittedJob> {
  const row = rowOf(run, task.step);
  let refused = 0;
  for (let turn = 1; ; turn += 1) {
    const since = new Date().toISOString();
    row.attempts += 1;
    const sent = await sendOnce(task, spendOf(run, task.step));
    if (sent.outcome === 'submitted') return { task, requestId: sent.requestId };
    if (sent.outcome === 'unknown') {
      const lost = { task, since, from: new Date().toISOString(), reason: sent.reason };
      // Posts of before 0.2 forgot it when they blocked.
      if (patched('lost-submit-kept')) run.lostSubmit = lost;
      return adopt(run, lost);
    }
    row.attempts -= 1;
    if (sent.type !== NOT_COUNTED) refused += 1;
    if (refused >= MAX_SUBMITS) throw new Blocked({ type: sent.type, message: sent.reason, requestId: null });
    const wait = sent.afterMs ?? Math.min(FIRST_WAIT_MS * 2 ** (turn - 1), LONGEST_WAIT_MS);
    row.note = sent.reason;
    await sleep(wait, { summary: `${STEP_LABEL[task.step]}: waits, ${sent.type}` });
  }
}

/** One POST. An attempt that died with its worker may have sent it. */
async function sendOnce(task: MediaTask, spend: Spend): Promise<Submitted> {
  try {
    return await submitOnce.submit.executeWithOptions(
      { summary: `${STEP_LABEL[task.step]}: submit to ${task.endpoint}` },
      [task, spend],
    );
  } catch (error) {
    const died =
      error instanceof ActivityFailure &&
      !(error.cause instanceof ApplicationFailure) &&
      !isCancellation(error);
    if (!died) throw error;
    return {
      outcome: 'unknown',
      reason: `the submit did not report back: ${error.cause?.message ?? error.message}`,
    };
  }
}

/** Takes over the job that an unknown submit may have made; without one, a person decides whether to pay again. */
async function adopt(run: PostRun, lost: LostSubmit): Promise<SubmittedJob> {
  const { task, reason } = lost;
  rowOf(run, task.step).note = `looking for a job whose submit had no answer: ${reason}`;
  const job = await findLost(run, lost);
  if (job) {
    rowOf(run, task.step).note = 'the submit had no answer; its job was found and taken over';
    return job;
  }
  const message = `${reason}; fal's history does not list the job, so it may or may not have been paid; resume pays again`;
  throw new Blocked({ type: 'Provider.UnknownOutcome', message, requestId: null });
}

/**
 * The job of a submit that had no answer; null when there is none to be found, with the estimate of it on the row.
 *
 * @param last the post has ended: a history that can't be read lists nothing.
 */
export async function findLost(run: PostRun, lost: LostSubmit, last = false): Promise<SubmittedJob | null> {
  const { task, since, from } = lost;
  const adopted = await media.adopt.executeWithOptions(
    { summary: `${STEP_LABEL[task.step]}: look for the lost submit` },
    [{ task, since, from, spend: spendOf(run, task.step), last }],
  );
  run.lostSubmit = null;
  if (adopted.requestId !== null) return { task, requestId: adopted.requestId };
  const row = rowOf(run, task.step);
  putCharges(row, [adopted.charge]);
  row.note = `the submit had no answer, and fal's history does not list the job: it may have been paid`;
  return null;
}
