import { cutText } from '../../contract/cut.js';
import { DRAFT_LIMITS } from '../../contract/draft.js';
import type { MediaStep } from '../../contract/states.js';
import type { PostRun } from './run.js';

/** What the model of pictures or clips is told: the drafter's words, as many as such models take, in the account's look. */
export function mediaPrompt(run: PostRun, step: MediaStep): string {
  const { draft, input, instructions } = run;
  if (!draft) throw new Error('a picture is made from a draft, and there is none');
  const asked = instructions.media === null ? '' : `\n\nThe editor asks: ${instructions.media}`;
  if (step === 'video')
    return `${cutText(draft.shot ?? draft.imagePrompt, DRAFT_LIMITS.shot)}${asked}\n\nOne continuous shot. No writing.`;
  return `${cutText(draft.imagePrompt, DRAFT_LIMITS.imagePrompt)}${asked}\n\nLook: ${input.account.look}\nNo writing, letters or logos in the picture.`;
}
