import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Client } from '@temporalio/client';
import { loadAccount } from '../../config/accounts/load.js';
import { Copydesk } from '../../client/copydesk.js';
import { BATCH_WORKFLOW } from '../../contract/batch.js';
import type { Environment, Settings } from '../../config/settings.js';
import { QUEUE_NAMES } from '../../contract/task-queues.js';
import type { Services } from '../../services/services.js';
import type { Closers, Stop } from '../stop.js';
import { openDesk } from '../open-desk.js';
import { openServices } from '../open-services.js';
import { openDeskStores, openStores } from '../open-stores.js';
import { runWorker } from '../run-worker.js';
import { claimUp } from '../temporal/left-over.js';
import { forgetProcesses } from '../temporal/processes.js';
import { ownTemporalUi, serveTemporalUi } from '../temporal/serve-ui.js';
import { keepServing } from '../temporal/supervise.js';
import type { UnderWay } from '../under-way.js';
import { openEmbedded } from './embedded.js';

const ACCOUNT = 'ashtalksai';
const PLANNER = 'foundation_models_and_inference_economics';

/** Whether the sample account is there; a user with an accounts folder of their own starts their own first batch. */
export const hasSample = (accounts: string): boolean => existsSync(join(accounts, `${ACCOUNT}.yaml`));

/** Starts the first batch of the sample account: 1 video and 4 hero_text. Answers its id. */
export async function startFirstBatch(copydesk: Copydesk, accounts: string): Promise<string> {
  const account = await loadAccount(accounts, ACCOUNT);
  const mix = { video: 1, hero_text: 4 };
  const { batchId } = await copydesk.batches.start({ account, planner: PLANNER, mix });
  return batchId;
}

/** All of Copydesk in one process, beside its Temporal server. */
export interface Install {
  readonly copydesk: Copydesk;
  readonly desk: string;
  /** Makes a link that signs a person in at the desk, once. */
  readonly makeSignInLink: () => string;
  readonly temporal: string;
  /** Null for a server of the user's own whose UI we do not know. */
  readonly temporalUi: string | null;
  /** Both providers are stand-ins, and nothing has been made yet: the moment for a first batch. */
  readonly untouched: boolean;
  /** Which parts are stand-ins, and who does the others, in words; null when all is real. */
  readonly samples: string | null;
  /** The paid calls that wait for their answer. */
  readonly underWay: UnderWay;
  /** Rejects when the worker or the Temporal server can't go on, or the archive was taken over. */
  readonly failed: Promise<never>;
}

/**
 * Opens everything, a line of progress for each part.
 *
 * @param closers gets what was opened, as it is opened, so that a start that fails or is stopped half-way leaves nothing.
 * @throws Error in one line
 */
export async function openInstall(options: {
  settings: Settings;
  env: Environment;
  say: (line: string) => void;
  closers: Closers;
  stop: Stop;
  graceSeconds: number;
}): Promise<Install> {
  const { env, say, closers, stop } = options;
  const settings = { ...options.settings, data: resolve(options.settings.data) };
  await claimUp(settings.data, { pid: process.pid, deskPort: settings.port });
  closers.add('the list of processes', () => forgetProcesses(settings.data));

  const broken: Promise<never>[] = [];
  let uiUrl = ownTemporalUi(settings);
  if (settings.temporalAddress === null) {
    const server = keepServing(
      await openEmbedded(settings, env, { uiPort: settings.temporalPort + 1_000, say }),
      {
        reopen: () => openEmbedded(settings, env, { uiPort: null, say }),
        say,
      },
    );
    broken.push(server.failed);
    closers.add('the Temporal server', () => server.stop());
    uiUrl = () => server.uiUrl;
  }
  const ui = uiUrl && (await serveTemporalUi(settings, uiUrl));
  if (ui) closers.add('the Temporal UI', () => ui.close());
  if (settings.temporalAddress === null)
    say(`Temporal server: 127.0.0.1:${settings.temporalPort}, its UI ${ui?.url}`);

  const stores = await openStores(settings, say);
  closers.add('the archive', () => stores.archive.close());
  say(`Archive: ${settings.databaseUrl ? 'PostgreSQL' : `${options.settings.data}/archive`}, up to date`);

  const { services, standIns, underWay } = await openServices(settings, stores, {
    stopping: stop.signal,
  });
  if (standIns) closers.add('the stand-ins', () => standIns.close());
  say(
    `Text: ${settings.text ? settings.text.baseUrl : 'offline stand-in'} · media: ${settings.media ? (settings.media.baseUrl ?? 'fal.ai') : 'offline stand-in'}`,
  );

  const graceMs = options.graceSeconds * 1_000;
  const queues = QUEUE_NAMES;
  const worker = await runWorker({ settings, env, services, queues, graceMs, say });
  closers.add('the worker', () => Promise.race([worker.stop(), stop.hurried]));
  say(`Worker: polling ${worker.address}, namespace ${worker.namespace}: ${queues.join(', ')}`);

  const deskStores = await openDeskStores(settings, stores);
  if (deskStores !== stores) closers.add("the desk's archive", () => deskStores.archive.close());
  const desk = await openDesk({
    settings,
    temporal: worker,
    stores: deskStores,
    temporalUi: ui && ui.url,
    intake: services.intake,
  });
  closers.add('the desk', () => desk.close());
  const copydesk = await Copydesk.connect({ settings, env });
  closers.add('the client', () => copydesk.close());

  const offline = services.text.offline && services.media.offline;
  return {
    copydesk,
    desk: settings.url,
    makeSignInLink: desk.makeSignInLink,
    temporal: worker.address,
    temporalUi: ui && ui.url,
    samples: samplesOf(services),
    underWay,
    untouched: offline && (await stores.archive.records.isEmpty()) && !(await hasBatches(worker.client)),
    failed: Promise.race([...broken, worker.failed, stores.lost]),
  };
}

/** What a start says of the stand-ins. */
export function samplesOf({ text, media }: Pick<Services, 'text' | 'media'>): string | null {
  if (text.offline && media.offline) return 'Offline: stand-ins write and draw samples; nothing is paid.';
  if (media.offline)
    return `Text is by ${text.provider}; pictures and clips are offline samples by a stand-in.`;
  if (text.offline)
    return `Pictures and clips are by ${media.provider}; text is an offline sample by a stand-in.`;
  return null;
}

/** An archive that was lost is empty too, and its install is not new. */
const hasBatches = async (client: Client): Promise<boolean> =>
  (await client.workflow.count(`WorkflowType = '${BATCH_WORKFLOW}'`)).count > 0;
