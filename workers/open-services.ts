import { join } from 'node:path';
import { keepAccounts } from '../config/accounts/account-files.js';
import type { Settings } from '../config/settings.js';
import { QUEUE_NAMES, type QueueName } from '../contract/task-queues.js';
import { Intake } from '../services/assets/intake.js';
import { createPublicFetch } from '../services/public-fetch.js';
import { publishersFor } from '../services/publishers/registry.js';
import type { Services } from '../services/services.js';
import type { OpenStores } from './open-stores.js';
import { prepareBatch } from './prepare-batch.js';
import { openProviders, type Providers } from './providers.js';
import { UnderWay } from './under-way.js';

export interface OpenServices {
  readonly services: Services;
  readonly standIns: Providers['standIns'];
  /** The paid calls that wait for their answer. */
  readonly underWay: UnderWay;
}

export interface OpenServicesOptions {
  /** What the worker runs; a provider that none of it needs is not opened, and its key not read. All when left out. */
  readonly queues?: readonly QueueName[];
  /** Aborted when the process begins to stop; never when left out. */
  readonly stopping?: AbortSignal;
}

/** The outside world by the settings, over stores that are open. What it opened is `standIns`, for the caller to close. */
export async function openServices(
  settings: Settings,
  { archive, assets }: Pick<OpenStores, 'archive' | 'assets'>,
  { queues = QUEUE_NAMES, stopping = new AbortController().signal }: OpenServicesOptions = {},
): Promise<OpenServices> {
  const publicFetch = createPublicFetch({ allowPrivate: settings.allowPrivate });
  const { text, media, standIns } = await openProviders(settings, { queues, publicFetch });
  const underWay = new UnderWay();
  const now = (): Date => new Date();
  return {
    standIns,
    underWay,
    services: {
      text: underWay.text(text),
      media: underWay.media(media),
      archive,
      assets,
      intake: new Intake({ folder: join(settings.data, 'incoming'), assets }),
      publicFetch,
      publishers: publishersFor({
        records: archive.records,
        assets,
        publicFetch,
        url: settings.url,
        allowPrivate: settings.allowPrivate,
        now,
      }),
      prepareBatch: (order, batchId) => prepareBatch(settings, order, batchId),
      readAccount: keepAccounts(settings.accounts),
      deskUrl: settings.url,
      adoptSeconds: settings.adoptSeconds,
      stopping,
      now,
    },
  };
}
