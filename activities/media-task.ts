import type { ContentFormat } from '../contract/formats/format.js';
import type { AssetKind } from '../contract/ids.js';
import type { MediaStep } from '../contract/states.js';
import { clipJob, pictureJob } from '../services/media/endpoints.js';
import type { MediaJob } from '../services/media/media.js';

/** One picture or clip to make. The same task always makes the same input, so that a lost job can be found by it. */
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

export const mediaJob = (task: MediaTask): MediaJob =>
  task.imageUrl === null ? pictureJob(task) : clipJob({ ...task, imageUrl: task.imageUrl });

export const assetKind = (step: MediaStep): AssetKind => (step === 'video' ? 'video' : 'hero');
