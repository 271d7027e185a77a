import type { Client } from '@temporalio/client';
import { batchWorkflowId, postWorkflowId } from '../contract/ids.js';
import { batchStatusQuery, postStatusQuery } from '../contract/messages.js';
import type { LiveStatus } from '../desk/reading/reader.js';
import { readTemporalFailure } from '../client/temporal-failure.js';
import { Batches } from '../client/batches.js';
import { Calls } from '../client/calls.js';
import { Chats } from '../client/chats.js';
import { Deliveries } from '../client/deliveries.js';
import { deskApi } from '../client/desk-api.js';
import { Posts } from '../client/posts.js';
import { Schedules } from '../client/schedules.js';
import type { Temporal } from '../client/temporal.js';
import { watchAccountFiles } from '../config/accounts/account-files.js';
import { NOBODY, watchPeople } from '../config/people/watch.js';
import type { Settings } from '../config/settings.js';
import { createDesk, type DeskDeps, deskCrowd } from '../desk/desk.js';
import { serveDesk, type Served } from '../desk/serve.js';
import type { Intake } from '../services/assets/intake.js';
import { createStoreUpload } from '../services/assets/store-upload.js';
import type { OpenStores } from './open-stores.js';
import { say } from './log.js';
import { deskSessions, deskToken } from './secrets.js';
import { temporalUiAddress } from './temporal/serve-ui.js';

/** A page must not wait long for a worker that is busy or gone; the archive answers instead. */
const DEADLINE_MS = 3_000;

/** What the running workflows say of themselves, by their query. */
export function liveStatus(client: Client): LiveStatus {
  const ask = async <T>(call: () => Promise<T>): Promise<T | null> => {
    try {
      return await client.withDeadline(Date.now() + DEADLINE_MS, call);
    } catch (error) {
      if (readTemporalFailure(error) === 'not_found') return null;
      throw error;
    }
  };
  return {
    post: (id) => ask(() => client.workflow.getHandle(postWorkflowId(id)).query(postStatusQuery)),
    batch: (id) => ask(() => client.workflow.getHandle(batchWorkflowId(id)).query(batchStatusQuery)),
  };
}

/** The desk as it is served, and how a person gets in. */
export interface OpenDesk extends Served {
  /** Makes a link that signs in by itself, once and for ten minutes. Its secret stands behind the #, which no server sees. */
  makeSignInLink(): string;
}

/** Serves the desk over the archive and, for what is running, over Temporal. @throws DeskNotServed */
export async function openDesk(options: {
  settings: Settings;
  temporal: Omit<Temporal, 'close'>;
  stores: OpenStores;
  /** Where the Temporal UI is served; null where none is. */
  temporalUi: string | null;
  /** Checks what a person uploads; one for all in a process, which check one file after the other. */
  intake: Intake;
}): Promise<OpenDesk> {
  const { settings, temporal, stores, temporalUi: ui, intake } = options;
  const temporalUi =
    ui === null ? null : { url: temporalUiAddress(settings, ui), namespace: temporal.namespace };
  const now = (): Date => new Date();
  const sessions = await deskSessions(settings.data, now);
  // Whoever opened the connection closes it.
  const calls = new Calls({ ...temporal, close: () => Promise.resolve() }, deskApi(settings));
  const deps: DeskDeps = {
    archive: stores.archive,
    accounts: watchAccountFiles(settings.accounts, say),
    assets: stores.assets,
    storeUpload: createStoreUpload({ intake, assets: stores.assets }),
    settings: {
      url: settings.url,
      api: settings.api,
      token: await deskToken(settings),
      temporalUi,
      textRate: settings.text?.rate ?? null,
      trustedProxies: settings.trustedProxies,
    },
    people: settings.people === null ? NOBODY : watchPeople(settings.people, say),
    sessions,
    live: liveStatus(temporal.client),
    posts: new Posts(calls),
    batches: new Batches(calls, settings.url),
    schedules: new Schedules(calls),
    chats: new Chats(calls),
    deliveries: new Deliveries(calls),
    log: say,
    now,
  };
  const { host, port, maxRequests } = settings;
  const served = await serveDesk({ app: createDesk(deps), host, port, crowd: deskCrowd(deps, maxRequests) });
  return {
    ...served,
    makeSignInLink: () => `${settings.url}/desk/sign-in#once=${sessions.once.make()}`,
  };
}
