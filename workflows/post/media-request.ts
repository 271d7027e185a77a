import type { MediaTask } from '../../activities/media-task.js';
import { cutText } from '../../contract/cut-text.js';
import { DRAFT_LIMITS, type Draft } from '../../contract/draft.js';
import { formatOf } from '../../contract/formats/registry.js';
import type { Spend } from '../../contract/money/spend.js';
import type { MediaStep } from '../../contract/states.js';
import { rowOf } from './state/rows.js';
import { spendOf } from './spend.js';
import type { Post } from './state/state.js';

/** What a picture or clip is made from, and with whose money. */
export interface MediaRequest {
  /** All of a task that is the same for each try. */
  readonly task: Omit<MediaTask, 'seed' | 'imageUrl'>;
  /** The stored hero frame that a clip starts from; null for a picture. */
  readonly frame: string | null;
  readonly spend: Spend;
}

export function mediaRequest(post: Post, step: MediaStep): MediaRequest {
  const { input, words, work } = post;
  if (!words.draft) throw new Error('a picture is made from a draft, and there is none');
  const asked = work.instructions === null ? '' : `\n\nThe editor asks: ${work.instructions}`;
  const { video, image } = input.account.models;
  const task = { postId: input.id, step, aspectRatio: formatOf(input.contentFormat).aspectRatio };
  const spend = spendOf(post, step);
  if (step === 'hero_image') {
    const prompt = picturePrompt(words.draft, asked, input.account.look);
    return { task: { ...task, endpoint: image, prompt }, frame: null, spend };
  }
  const frame = rowOf(work.rows, 'hero_image').asset;
  if (frame === null) throw new Error('a clip is made from a hero frame, and there is none');
  return { task: { ...task, endpoint: video, prompt: clipPrompt(words.draft, asked) }, frame, spend };
}

/** The drafter's words, as many as such models take, in the account's look. */
const picturePrompt = ({ imagePrompt }: Draft, asked: string, look: string): string =>
  `${cutText(imagePrompt, DRAFT_LIMITS.imagePrompt)}${asked}\n\nLook: ${look}\nNo writing, letters or logos in the picture.`;

const clipPrompt = ({ shot, imagePrompt }: Draft, asked: string): string =>
  `${cutText(shot ?? imagePrompt, DRAFT_LIMITS.shot)}${asked}\n\nOne continuous shot. No writing.`;
