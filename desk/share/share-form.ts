import { textValue } from '../../contract/api/values.js';
import { formatOf } from '../../contract/formats/registry.js';
import type { Redo, ReviewRequest } from '../../contract/messages.js';
import { shown } from '../../contract/shown.js';
import type { PostStatus } from '../../contract/status.js';

/** What the form of a link has, as it was filled in. */
export interface Filled {
  readonly name: string;
  readonly words: string;
  readonly redo: string;
}

const LONGEST_NAME = 80;
const LONGEST_WORDS = 4_000;
const REDO: readonly Redo[] = ['text', 'image', 'video', 'all'];

/** What can be made again of a post. */
export const redoOf = (contentFormat: string): readonly Redo[] =>
  REDO.filter((redo) => redo !== 'video' || formatOf(contentFormat).media.includes('video'));

/** The fields of a posted form; what it lacks is empty. */
export function filledIn(form: Readonly<Record<string, unknown>>): Filled & { readonly decision: string } {
  const field = (name: string): string => (typeof form[name] === 'string' ? form[name].trim() : '');
  return { name: field('name'), words: field('words'), redo: field('redo'), decision: field('decision') };
}

/** The decision that a form stands for, or what is still to be filled in, as a sentence for who fills it in. */
export function readShareForm(
  { decision, name: given, words, redo }: ReturnType<typeof filledIn>,
  { contentFormat, revision, gate }: Pick<PostStatus, 'contentFormat' | 'revision' | 'gate'>,
): { request: ReviewRequest } | { problem: string } {
  const name = shown(given).trim();
  if (name === '') return { problem: 'Give your name: the record says who decided.' };
  if (name.length > LONGEST_NAME)
    return { problem: `Your name has ${name.length} characters; at most ${LONGEST_NAME} are taken.` };
  if (words !== '' && !textValue(LONGEST_WORDS).safeParse(words).success)
    return { problem: `Your words have ${words.length} characters; at most ${LONGEST_WORDS} are taken.` };
  const by = `${name} (link)`;
  switch (decision) {
    case 'approve':
      return {
        request: { decision, by, revision, ...(gate && { gate }), ...(words !== '' && { note: words }) },
      };
    case 'reject':
      if (words === '') return { problem: 'Say why you reject it.' };
      return { request: { decision, by, reason: words } };
    case 'revise': {
      if (words === '') return { problem: 'Say what is to be changed.' };
      const known = redoOf(contentFormat).find((one) => one === redo) ?? 'text';
      return { request: { decision, by, instructions: words, redo: known } };
    }
    default:
      return { problem: 'Choose Approve, Revise or Reject.' };
  }
}
