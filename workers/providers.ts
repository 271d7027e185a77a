import { join } from 'node:path';
import type { Settings } from '../contract/settings.js';
import { startStandIns, type StandIns } from '../offline/stand-ins.js';
import { FalMedia } from '../services/media/fal.js';
import type { MediaService } from '../services/media/media.js';
import { OpenAiText } from '../services/text/openai.js';
import type { TextService } from '../services/text/text.js';

export interface Providers {
  readonly text: TextService;
  readonly media: MediaService;
  /** Null when both providers are real. */
  readonly standIns: StandIns | null;
}

/**
 * The providers by the settings. One without a key and a base URL is played by its stand-in; nothing else here, or
 * anywhere in the product, knows which of the two answers.
 */
export async function openProviders(settings: Settings): Promise<Providers> {
  const standIns =
    settings.text && settings.media ? null : await startStandIns({ folder: join(settings.data, 'offline') });
  const standIn = (): StandIns => standIns as StandIns;
  return {
    standIns,
    text: settings.text
      ? new OpenAiText({ ...settings.text, offline: false })
      : new OpenAiText({
          apiKey: 'offline',
          baseUrl: standIn().openAiBaseUrl,
          api: 'responses',
          offline: true,
        }),
    media: settings.media
      ? new FalMedia({ ...settings.media, offline: false })
      : new FalMedia({ key: 'offline', baseUrl: standIn().falBaseUrl, offline: true }),
  };
}
