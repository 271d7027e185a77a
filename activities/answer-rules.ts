import { cutText } from '../contract/draft.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import { ANSWER_CHARACTERS, type WrittenAnswer } from './answer-schema.js';
import { answerProblem as readProblem, readAnswer } from './read-answer.js';

/** An answer as it is shown. */
export interface ShownAnswer {
  readonly text: string;
  /** At least one, in the order in which the model names them. */
  readonly cited: readonly FoundPost[];
}

/** Why an answer can't be used, told to the model in whose place it writes another; null when it can. */
export function unusable(
  value: WrittenAnswer,
  offered: readonly FoundPost[],
  secrets: readonly string[],
): string | null {
  const read = readAnswer(bounded(value), offered);
  if (saysNothing(read)) return null;
  if (repeats(read.answer, secrets)) return 'it repeats its instructions';
  return readProblem({ ...read, answer: tidyAnswer(read.answer) });
}

/** What is shown of an answer that can be used; null where it says that there is none. */
export function toAnswer(value: WrittenAnswer, offered: readonly FoundPost[]): ShownAnswer | null {
  const read = readAnswer(bounded(value), offered);
  return saysNothing(read) ? null : { text: tidyAnswer(read.answer), cited: read.citations };
}

/** What is read of an answer: a model may write a book. */
const READ_CHARACTERS = 8_000;
const bounded = (value: WrittenAnswer): WrittenAnswer => ({
  ...value,
  answer: value.answer.slice(0, READ_CHARACTERS),
});

/** The words of a model that has nothing to say, though it says that it answers. In other languages it has to say so. */
const NOTHING =
  /^\W*(?:(?:sorry|unfortunately|i['’]?m afraid)\W+)?(?:(?:i|we) (?:haven['’]?t|have not|did(?:n['’]?t| not)) (?:written|write|posted|post|published|covered|cover)|(?:my|the|these) posts (?:do(?:n['’]?t| not)|say nothing))\b/i;
const NOTHING_CHARACTERS = 160;
const YET = /\b(?:but|however|though|yet)\b/i;

const saysNothing = ({ answered, answer }: Pick<WrittenAnswer, 'answered' | 'answer'>): boolean =>
  !answered || (answer.length <= NOTHING_CHARACTERS && NOTHING.test(answer.trim()) && !YET.test(answer));

const ADDRESS = /\b(?:[a-z][a-z0-9+.-]*:\/\/|www\.|mailto:|javascript:|data:)\S*/gi;
/** Marks, comments, and what a browser runs or styles by, with what is in it. */
const MARKUP = /<!--[\s\S]*?(?:-->|$)|<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/?[a-z!][^>]*(?:>|$)/gi;
const MARKDOWN_LINK = /!?\[([^[\]]{0,500})\]\([^()]{0,2000}\)/g;

/** Plain words in one paragraph or a few: no marks, no links, no characters that a reader can't see, and no more than fit. */
export function tidyAnswer(answer: string): string {
  const plain = answer
    .slice(0, READ_CHARACTERS)
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/[\t\v\f\u2028\u2029]/g, ' ')
    .replace(/[^\P{C}\n]/gu, '')
    .replace(MARKDOWN_LINK, '$1')
    .replace(MARKUP, '')
    .replace(ADDRESS, '')
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/ (?=[.,;:!?])/g, '')
    .trim();
  return cutText(plain, ANSWER_CHARACTERS);
}

/** How many words in a row are no chance. */
const RUN = 8;

/** Whether an answer says again what was said to the model alone. */
function repeats(answer: string, secrets: readonly string[]): boolean {
  const runs = new Set(secrets.flatMap(runsOf));
  return runsOf(answer).some((run) => runs.has(run));
}

function runsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return Array.from({ length: Math.max(0, words.length - RUN + 1) }, (_, at) =>
    words.slice(at, at + RUN).join(' '),
  );
}
