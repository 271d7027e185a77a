import type { MediaTask } from '../../activities/media-task.js';
import type { Collected } from '../../activities/collect.js';
import type { Submitted } from '../../activities/submit.js';
import { formatOf } from '../../contract/formats/registry.js';
import { STEP_LABEL, type MediaStep } from '../../contract/states.js';
import { media, paid } from '../activities.js';
import { Blocked } from '../blocked.js';
import { putCharges } from '../charges.js';
import { attemptUntilTaken } from '../paid/attempt.js';
import { adopt, lookAgain } from './adopt.js';
import { mediaPrompt } from './media-prompt.js';
import { markMade, rowOf, type PostRun, type SubmittedJob } from './run.js';
import { spendOf } from './spend.js';

/** Has the picture or the clip made: submitted once, then collected however often that takes. */
export async function illustrate(run: PostRun, step: MediaStep): Promise<void> {
  const row = rowOf(run, step);
  Object.assign(row, { state: 'running', note: null, provider: 'fal', model: endpointOf(run, step) });
  const failed = run.jobs[step]?.failed ? await collect(run, step) : null;
  if (failed === null || failed.error !== null) {
    run.jobs[step] ??= await jobFor(run, step);
    const { error } = await collect(run, step);
    if (error !== null) throw new Blocked(error);
  }
  markMade(run, step);
  row.state = 'done';
}

/** Waits for the step's job and has its file stored. A job that is of no more use is forgotten, its charges are not. */
async function collect(run: PostRun, step: MediaStep): Promise<Collected> {
  const row = rowOf(run, step);
  const job = run.jobs[step];
  if (!job) throw new Error(`there is no job of ${step} to collect`);
  const number = nextNumber(run, step);
  const { task, requestId, failed: once = false } = job;
  const collected = await media.collect.executeWithOptions(
    { summary: `${STEP_LABEL[step]}: wait for ${requestId}` },
    [{ task, requestId, once, number, spend: spendOf(run, step) }],
  );
  putCharges(row, collected.charges);
  Object.assign(row, { apiSeconds: collected.seconds, at: collected.at });
  if (collected.again === 'file') run.jobs[step] = { task, requestId, refused: true };
  else if (collected.again === 'job' && !once) run.jobs[step] = { task, requestId, failed: true };
  else delete run.jobs[step];
  if (collected.asset === null) return collected;
  run.stored[step] = number;
  row.asset = collected.asset;
  return collected;
}

/** A submit that is still looked for is found or given up before another is paid. */
async function jobFor(run: PostRun, step: MediaStep): Promise<SubmittedJob> {
  const lost = run.lostSubmit?.task.step === step ? run.lostSubmit : null;
  if (lost && lost.lookedUntil === null) return adopt(run, lost);
  const found = lost && (await lookAgain(run, lost));
  return found ?? submit(run, await mediaTask(run, step));
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
  const spend = spendOf(run, task.step);
  const since = new Date().toISOString();
  const sent = await attemptUntilTaken<Submitted>({
    label: STEP_LABEL[task.step],
    make: () =>
      paid.submit.executeWithOptions({ summary: `${STEP_LABEL[task.step]}: submit to ${task.endpoint}` }, [
        task,
        spend,
      ]),
    // It may have been sent: it is looked for like any other whose answer was lost.
    settleDead: (reason) => Promise.resolve({ outcome: 'lost', reason }),
    waits: (reason) => (row.note = reason),
  });
  row.attempts += 1;
  if (sent.outcome === 'kept') return { task, requestId: sent.requestId };
  run.lostSubmit = {
    ...{ task, since, from: new Date().toISOString(), reason: sent.reason },
    lookedUntil: null,
  };
  return adopt(run, run.lostSubmit);
}
