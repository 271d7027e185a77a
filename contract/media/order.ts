import type { ContentFormat } from '../formats/format.js';

/** One picture or clip to be made. The field names of a model's own input are no part of it. */
export interface MediaOrder {
  readonly kind: 'picture' | 'clip';
  /** fal's id of the model, such as `fal-ai/flux-pro/v1.1-ultra`. */
  readonly endpoint: string;
  readonly prompt: string;
  readonly aspectRatio: ContentFormat['aspectRatio'];
  /** Drawn once for the job and kept in history: it makes the input unique, so that a lost job can be found again. */
  readonly seed: number;
  /** The frame that a clip starts from, where the provider can read it; null for a picture. */
  readonly imageUrl: string | null;
}
