import { join } from 'node:path';
import type { Settings } from '../config/settings.js';
import type { QueueName } from '../contract/task-queues.js';
import { startStandIns, type StandIns } from '../offline/stand-ins.js';
import { FalMedia } from '../services/media/fal.js';
import { createSecrets, type Secrets } from '../services/secrets.js';
import type { MediaService } from '../services/media/media.js';
import type { PublicFetch } from '../services/public-fetch.js';
import { OpenAiText } from '../services/text/openai.js';
import type { TextService } from '../services/text/text.js';
import { absent } from './watch-archive.js';
import { say } from './log.js';
import { secretValues } from './secrets.js';

export interface Providers {
  readonly text: TextService;
  readonly media: MediaService;
  /** Null when no stand-in plays a provider here. */
  readonly standIns: StandIns | null;
}

/**
 * The providers by the settings, as far as these queues need them. One without a key and a base URL is played by its
 * stand-in; nothing else here, or anywhere in the product, knows which of the two answers.
 *
 * Without the queue `media`, media counts as real: its key is not here to tell, and the charges say it anyway.
 */
export async function openProviders(
  settings: Settings,
  { queues, publicFetch }: { queues: readonly QueueName[]; publicFetch: PublicFetch },
): Promise<Providers> {
  const needsText = queues.includes('text') || queues.includes('answer');
  const needsMedia = queues.includes('media');
  const isPlayed = (needsText && !settings.text) || (needsMedia && !settings.media);
  const secrets = createSecrets(secretValues(settings));
  const standIns = isPlayed ? await startStandIns({ folder: join(settings.data, 'offline') }) : null;
  return {
    standIns,
    text: needsText
      ? openText(settings, standIns, secrets)
      : absent<TextService>('text provider', { offline: false }),
    media: needsMedia
      ? openMedia(settings, standIns, { publicFetch, secrets })
      : absent<MediaService>('media provider', { offline: false }),
  };
}

function openText({ text }: Settings, standIns: StandIns | null, secrets: Secrets): TextService {
  if (text) return new OpenAiText({ ...text, offline: false, secrets, note: say });
  const { openAiBaseUrl: baseUrl } = standIns as StandIns;
  return new OpenAiText({ apiKey: 'offline', baseUrl, api: 'responses', offline: true, note: say });
}

function openMedia(
  { media }: Settings,
  standIns: StandIns | null,
  parts: { publicFetch: PublicFetch; secrets: Secrets },
): MediaService {
  if (media) return new FalMedia({ ...media, ...parts, offline: false });
  const { falBaseUrl: baseUrl } = standIns as StandIns;
  return new FalMedia({ key: 'offline', baseUrl, ...parts, offline: true });
}
