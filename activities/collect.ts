import { Context } from '@temporalio/activity';
import {
  type AcceptedJob,
  isFailedJob,
  JobGone,
  type JobResult,
  nextLook,
  readResult,
  RESULT_PACE,
  type ResultPace,
  UsualTimes,
  waitForEnd,
  wasBilled,
} from './job.js';
import type { Spend } from '../contract/money/spend.js';
import type { Charge, ChargeOutcome } from '../contract/money/charge.js';
import type { StatusError } from '../contract/status.js';
import type { FileKind } from '../services/assets/checker.js';
import type { DownloadLimits, MediaResult } from '../services/media/media.js';
import type { Services } from '../services/services.js';
import { pauseOrLeave, withHeartbeat } from './heartbeat.js';
import { holdOn, release, settle } from './spend.js';
import { assetKind, chargeForJob, estimatedCharge, mediaChargeKey, type MediaTask } from './media-task.js';
import { ProviderError } from '../services/provider-error.js';
import { asFailure, turnedAway, verdictOn } from './provider-failures.js';
import { isKeyFailure } from '../contract/errors.js';
import { assetName } from '../contract/ids.js';
import { SAMPLE_MARK } from '../contract/sample-words.js';
import type { IntakeOrder } from '../services/assets/intake.js';
import { FetchRefused } from '../services/public-fetch.js';
import { reportIfSlow, type StepReport } from './tell-batch.js';
import { AssetRefused } from '../services/assets/assets.js';

/** A job to wait for, and which file of its kind it will be. */
export interface CollectTask extends AcceptedJob {
  /** Which stored file of its kind this is, from 1. */
  readonly number: number;
  readonly spend: Spend;
  /** It has been told as failed, and a person has said to look once more. */
  readonly once: boolean;
  /** What its batch hears if it takes longer. */
  readonly step?: StepReport;
}

interface Output {
  readonly charges: readonly Charge[];
  readonly asset: string | null;
  readonly error: StatusError | null;
  /** Another try may bring the file after all, and pays nothing: `file` was paid for; `job` is said to have failed. */
  readonly again: 'file' | 'job' | null;
}

/** What came of a job. A job that failed may have been billed, so its charge comes back too. */
export interface Collected extends Output {
  readonly seconds: number | null;
  readonly at: string;
}

interface Pace {
  readonly poll: typeof nextLook;
  readonly result: ResultPace;
  /** How long before each further try to fetch a file, in ms; after the last it is given up. */
  readonly downloads: readonly number[];
}

/** What is fetched of a file at most, and how long: a slow connection still brings a model's largest clip. */
const LIMITS: Readonly<Record<FileKind, DownloadLimits>> = {
  picture: { bytes: 50 * 1024 ** 2, ms: 120_000 },
  clip: { bytes: 500 * 1024 ** 2, ms: 600_000 },
};

/** What a later attempt finds of this one. */
interface CollectDetails {
  readonly requestId: string;
  /** How often the file has been handled by a process that has not come to an end with it. */
  readonly tries?: number;
}

/** A file is fetched six times within half a minute. */
const PACE: Pace = { poll: nextLook, result: RESULT_PACE, downloads: [1_000, 2_000, 4_000, 8_000, 15_000] };

export const createCollect = (services: Services, pace = PACE, usual = new UsualTimes()) => ({
  /**
   * Waits for a job, downloads its file, checks that it decodes and stores it. Everything in it may be repeated: it pays
   * nothing. A worker that stops leaves the job to the next one; what a cancelled post does with it is for `stop`.
   *
   * @throws ApplicationFailure to be retried
   */
  async collect(order: CollectTask): Promise<Collected> {
    const { task, requestId } = order;
    const { tries } = (Context.current().info.heartbeatDetails ?? {}) as Partial<CollectDetails>;
    const details: CollectDetails = { requestId, ...(tries && { tries }) };
    return withHeartbeat(details, async (tell) => {
      try {
        await holdOn(services, mediaChargeKey(task));
        const began = services.now().getTime();
        const end = await reportIfSlow(order.step, () =>
          waitForEnd(services, order, { pace: pace.poll, usual: usual.of(task.endpoint) }),
        );
        // An attempt that took over from another has not seen its beginning.
        if (Context.current().info.attempt === 1) usual.note(task.endpoint, services.now().getTime() - began);
        const trial: Trial = { tries: tries ?? 0, onTry: (now) => tell({ requestId, tries: now }) };
        const output = await outputOf(services, order, end?.failed ?? null, pace, trial);
        return { seconds: end?.seconds ?? null, at: services.now().toISOString(), ...output };
      } catch (error) {
        if (error instanceof JobGone)
          return { ...(await outputOfLostJob(services, order, error)), seconds: null };
        // Reading costs nothing, so all but a wrong key is worth another try: a file may not be there yet.
        throw error instanceof ProviderError
          ? asFailure(error, !isKeyFailure(turnedAway(error).error))
          : error;
      }
    });
  },
});

async function outputOf(
  services: Services,
  order: CollectTask,
  failed: string | null,
  pace: Pace,
  trial: Trial,
): Promise<Output> {
  const { task, requestId, once } = order;
  const patience = once ? 0 : pace.result.patience;
  const read = await readResult(services, order, { failed }, { ...pace.result, patience });
  if (read.made === null) return failure(services, order, read);
  const result = read.made;
  if (result.flagged) {
    const message = `fal: ${task.endpoint}: the safety filter blanked the picture`;
    const charges = await charge(services, order, result.units, 'refused');
    return {
      asset: null,
      charges,
      again: null,
      error: { type: 'Provider.ContentPolicy', message, requestId },
    };
  }
  const asset = assetName(task.postId, assetKind(task.step), order.number);
  const refused = await takeFile(services, { asset, task, trial }, result, pace.downloads);
  if (refused !== null) {
    const message = `${refused.message}; it was paid for: resume fetches it again, revise pays for another`;
    const charges = await charge(services, order, result.units, 'failed');
    return { asset: null, charges, again: 'file', error: { type: 'Asset.Refused', message, requestId } };
  }
  return { asset, error: null, again: null, charges: await charge(services, order, result.units, 'kept') };
}

/** A job that failed. fal says what it costs, which mostly is nothing. */
async function failure(
  services: Services,
  order: CollectTask,
  { error, words }: JobResult & { made: null },
): Promise<Output> {
  const { task, requestId } = order;
  const billed = wasBilled(error);
  if (!billed) await release(services, mediaChargeKey(task));
  const charges = billed ? await charge(services, order, error.units, 'failed') : [];
  // What the result itself says is final; a server's trouble with it may pass.
  const final = isFailedJob(error);
  const type = final ? verdictOn(error).type : 'Provider.JobFailed';
  const message = final ? words : `${words}; resume looks for its result once more before it orders another`;
  return { asset: null, charges, again: final ? null : 'job', error: { type, message, requestId } };
}

/** How often the file was handled before, as the server knows it, and what tells it of another time. */
type Trial = Pick<IntakeOrder, 'tries' | 'onTry'>;

/** Has the file fetched, checked and kept; or says why it can't be had. It may not be there yet, so it is fetched again for a while. */
async function takeFile(
  services: Services,
  { asset, task, trial }: { asset: string; task: MediaTask; trial: Trial },
  { files: [file] }: MediaResult,
  waits: readonly number[],
): Promise<Error | null> {
  if (!file) return new Error('fal: the result names no file');
  const kind = task.step === 'video' ? 'clip' : 'picture';
  const provenance = { postId: task.postId, model: modelOf(services, task) };
  const { cancellationSignal } = Context.current();
  for (let again = 0; ; again += 1) {
    try {
      await services.intake.take({ asset, kind, provenance, ...trial }, (write) =>
        services.media.download(file.url, write, LIMITS[kind], cancellationSignal),
      );
      return null;
    } catch (error) {
      if (error instanceof FetchRefused || (error instanceof AssetRefused && error.final)) return error;
      if (!(error instanceof ProviderError || error instanceof AssetRefused)) throw error;
      const wait = waits[again];
      if (wait === undefined) return error;
      await pauseOrLeave(services, wait);
    }
  }
}

/** A sample's is what it stands in for, and says so. */
const modelOf = ({ media }: Services, { endpoint }: MediaTask): string =>
  media.offline ? `${endpoint} ${SAMPLE_MARK}` : endpoint;

const charge = async (
  services: Services,
  order: CollectTask,
  units: string | null,
  outcome: ChargeOutcome,
): Promise<Charge[]> =>
  settle(services, order.spend, [await chargeForJob(services, order, { units, outcome })]);

async function outputOfLostJob(
  services: Services,
  { task, requestId, spend }: CollectTask,
  { message }: JobGone,
) {
  const lost = { ...estimatedCharge(services, task, 'lost'), requestId };
  const charges = await settle(services, spend, [lost]);
  const error = { type: 'Provider.JobGone', message: `${message}; resume pays for another`, requestId };
  return { asset: null, charges, again: null, error, at: services.now().toISOString() };
}
