import { ActivityFailure, ApplicationFailure, isCancellation, sleep } from '@temporalio/workflow';
import type { MediaTask } from '../../activities/media-task.js';
import type { Submitted } from '../../activities/submit.js';
import { formatOf } from '../../contract/formats/registry.js';
import { STEP_LABEL, type MediaStep } from '../../contract/states.js';
import { media, submitOnce } from '../activities.js';
import { Blocked } from '../blocked.js';
import { mediaPrompt } from './media-prompt.js';
import { rowOf, type PostRun, type SubmittedJob } from './run.js';

/** How often a submit that fal turned away unmade is sent again before a person is asked. */
const MAX_SUBMITS = 10;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** Has the picture or the clip made: submitted once, then collected however often that takes. */
export async function illustrate(run: PostRun, step: MediaStep): Promise<void> {
  const row = rowOf(run, step);
  Object.assign(row, { state: 'running', note: null, provider: 'fal', model: endpointOf(run, step) });
  const job = (run.jobs[step] ??= await submit(run, await mediaTask(run, step)));
  const number = (run.stored[step] ?? 0) + 1;
  const collected = await media.collect.executeWithOptions(
    { summary: `${STEP_LABEL[step]}: wait for ${job.requestId}` },
    [{ ...job, number }],
  );
  row.charges.push(...collected.charges);
  delete run.jobs[step];
  Object.assign(row, { apiSeconds: collected.seconds, at: collected.at });
  if (collected.error !== null) throw new Blocked(collected.error);
  run.stored[step] = number;
  run.stale.delete(step);
  Object.assign(row, { state: 'done', asset: collected.asset });
}

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
  for (let tries = 1; ; tries += 1) {
    const since = new Date().toISOString();
    row.attempts += 1;
    const sent = await sendOnce(task);
    if (sent.outcome === 'submitted') return { task, requestId: sent.requestId };
    if (sent.outcome === 'unknown') return adopt(run, task, since, sent.reason);
    row.attempts -= 1;
    if (tries >= MAX_SUBMITS) throw new Blocked({ type: sent.type, message: sent.reason, requestId: null });
    const wait = sent.afterMs ?? Math.min(FIRST_WAIT_MS * 2 ** (tries - 1), LONGEST_WAIT_MS);
    await sleep(wait, { summary: `${STEP_LABEL[task.step]}: fal asks to wait` });
  }
}

/** One POST. An attempt that died with its worker may have sent it. */
async function sendOnce(task: MediaTask): Promise<Submitted> {
  try {
    return await submitOnce.submit.executeWithOptions(
      { summary: `${STEP_LABEL[task.step]}: submit to ${task.endpoint}` },
      [task],
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
async function adopt(run: PostRun, task: MediaTask, since: string, reason: string): Promise<SubmittedJob> {
  rowOf(run, task.step).note = `looking for a job whose submit had no answer: ${reason}`;
  const adopted = await media.adopt.executeWithOptions(
    { summary: `${STEP_LABEL[task.step]}: look for the lost submit` },
    [{ task, since }],
  );
  if (adopted.requestId !== null) {
    rowOf(run, task.step).note = 'the submit had no answer; its job was found and taken over';
    return { task, requestId: adopted.requestId };
  }
  rowOf(run, task.step).charges.push(adopted.charge);
  const message = `${reason}; fal's history does not list the job, so it may or may not have been paid; resume pays again`;
  throw new Blocked({ type: 'Provider.UnknownOutcome', message, requestId: null });
}
