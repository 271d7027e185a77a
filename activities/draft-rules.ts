import { checkDraft, missesOf, reasonsIn } from '../contract/checks.js';
import type { PostInput } from '../contract/batch.js';
import type { Draft } from '../contract/draft.js';

/** Why a tidy draft can't be used at all, every reason in one line for the model; null when it can. */
export function draftProblem({ title, body, caption, imagePrompt, shot }: Draft): string | null {
  const parts: readonly [name: string, text: string | null][] = [
    ['title', title],
    ['body', body],
    ['caption', caption],
    ['prompt of the picture', imagePrompt],
    ['shot', shot],
  ];
  return reasonsIn(parts.flatMap(([name, text]) => (isEmpty(text) ? [`the ${name} is empty`] : [])));
}

/** A part of nothing but space and punctuation says nothing; null is a part that the format lacks. */
const isEmpty = (text: string | null): boolean =>
  text !== null && !/[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(text);

/** What a draft that can be used misses of the house style, a line each, for the model. */
export const draftMisses = (draft: Draft, { account, plan }: Pick<PostInput, 'account' | 'plan'>): string[] =>
  missesOf(checkDraft(draft, account.style, plan.button));
