import type { ContentFormat } from '../contract/formats/format.js';
import type { AssetKind } from '../contract/ids.js';
import type { MediaStep } from '../contract/states.js';
import type { MediaOrder } from '../services/media/media.js';

/** One picture or clip to make. */
export interface MediaTask {
  readonly postId: string;
  readonly step: MediaStep;
  readonly endpoint: string;
  readonly prompt: string;
  readonly aspectRatio: ContentFormat['aspectRatio'];
  readonly seed: number;
  /** The hero frame where the provider can read it; null for a picture. */
  readonly imageUrl: string | null;
}

/** What the provider is asked for. The same task is always the same order, so that a lost job can be found by it. */
export const mediaOrder = ({
  step,
  endpoint,
  prompt,
  aspectRatio,
  seed,
  imageUrl,
}: MediaTask): MediaOrder => ({
  ...{ kind: step === 'video' ? 'clip' : 'picture', endpoint, prompt, aspectRatio, seed, imageUrl },
});

export const assetKind = (step: MediaStep): AssetKind => (step === 'video' ? 'video' : 'hero');
