import type { Settings } from '../contract/settings.js';
import { publishersFor } from '../services/publishers/registry.js';
import type { Services } from '../services/services.js';
import type { OpenStores } from './open-stores.js';
import { openProviders, type Providers } from './providers.js';

export interface OpenServices {
  readonly services: Services;
  readonly standIns: Providers['standIns'];
}

/** The outside world by the settings, over stores that are open. What it opened is `standIns`, for the caller to close. */
export async function openServices(
  settings: Settings,
  { archive, assets }: OpenStores,
): Promise<OpenServices> {
  const { text, media, standIns } = await openProviders(settings);
  const now = (): Date => new Date();
  const publishers = publishersFor({ archive, url: settings.url, now });
  return {
    standIns,
    services: { text, media, archive, assets, publishers, adoptSeconds: settings.adoptSeconds, now, stopping: new AbortController().signal },
  };
}
