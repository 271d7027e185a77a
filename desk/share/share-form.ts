import { textSchema } from '../../contract/api/values.js';
import type { ReviewRequest } from '../../contract/messages.js';
import { shown } from '../../contract/shown.js';
import type { PostStatus } from '../../contract/status.js';
import type { FormReader } from '../kit/form.js';
import { redoChoices } from '../post/decision-form.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

/** What the form of a link has, as it was filled in. */
export interface Filled {
  readonly name: string;
  readonly words: string;
  readonly redo: string;
}

const LONGEST_NAME = 80;

/** The fields of a posted form. */
export const filledIn = (field: FormReader): Filled & { readonly decision: string } => ({
  name: field('name').trim(),
  words: field('words').trim(),
  redo: field('redo').trim(),
  decision: field('decision').trim(),
});

/** The decision that a form stands for, or what is still to be filled in, as a sentence for who fills it in. */
export function readShareForm(
  { decision, name: given, words, redo }: ReturnType<typeof filledIn>,
  { contentFormat, revision, gate }: Pick<PostStatus, 'contentFormat' | 'revision' | 'gate'>,
): { request: ReviewRequest } | { problem: string } {
  const name = shown(given).trim();
  if (name === '') return { problem: 'Give your name: the record says who decided.' };
  if (name.length > LONGEST_NAME)
    return { problem: `Your name has ${name.length} characters; at most ${LONGEST_NAME} are taken.` };
  if (words !== '' && !textSchema(TEXT_LIMITS.note).safeParse(words).success)
    return { problem: `Your words have ${words.length} characters; at most ${TEXT_LIMITS.note} are taken.` };
  const by = `${name} (link)`;
  switch (decision) {
    case 'approve':
      return {
        request: { decision, by, revision, gate: gate ?? undefined, note: words || undefined },
      };
    case 'reject':
      if (words === '') return { problem: 'Say why you reject it.' };
      return { request: { decision, by, reason: words } };
    case 'revise': {
      if (words === '') return { problem: 'Say what is to be changed.' };
      const [known] = redoChoices(contentFormat).find(([one]) => one === redo) ?? ['text' as const];
      return { request: { decision, by, instructions: words, redo: known } };
    }
    default:
      return { problem: 'Choose Approve, Revise or Reject.' };
  }
}
