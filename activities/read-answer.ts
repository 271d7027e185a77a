import { NOTHING_WRITTEN } from '../contract/chat.js';
import { cutText } from '../contract/cut-text.js';
import { ANSWER_CHARACTERS, type WrittenAnswer } from './answer-schema.js';
import { withoutMarkup } from './answer-words.js';

/** A post that the model was given to answer from. */
export interface OfferedPost {
  readonly postId: string;
  readonly title: string;
}

/** An answer as readers get it. */
export interface ReadAnswer<Post extends OfferedPost> {
  readonly answered: boolean;
  /** Plain text, without marks of citations; empty only where the model answered with nothing. */
  readonly answer: string;
  /** Only what was offered, in the order in which it is cited; none where nothing was answered. */
  readonly citations: readonly Post[];
}

/**
 * What a model wrote, beside the posts that it was offered, the first of them its `[1]`. A citation of anything else is dropped,
 * and one that stands in the prose alone is taken from there.
 */
export function readAnswer<Post extends OfferedPost>(
  { answered, answer, citations }: WrittenAnswer,
  offered: readonly Post[],
): ReadAnswer<Post> {
  const told = cutText(withoutMarkup(answer, offered), ANSWER_CHARACTERS);
  if (!answered) return { answered, answer: told === '' ? NOTHING_WRITTEN : told, citations: [] };
  const listed = citations.flatMap((citation) => citedIn(citation, offered));
  const cited = listed.length > 0 ? listed : citedInProse(answer, offered);
  return { answered, answer: told, citations: [...new Set(cited)] };
}

/** Why an answer can't be shown, in one line for the model; null when it can. */
export function answerProblem({ answered, answer, citations }: ReadAnswer<OfferedPost>): string | null {
  if (answer === '') return 'the answer is empty';
  if (answered && citations.length === 0)
    return 'it cites none of the posts that it was offered; cite them by their ids in "citations", or set "answered" to false';
  return null;
}

/** Numbers alone, as `[1]`, `1, 3` and `post 2`. */
const ONLY_NUMBERS = /^(?:[\s[\](),;#.]|post|and|\d{1,2}(?!\d))+$/i;

function citedIn<Post extends OfferedPost>(citation: string, offered: readonly Post[]): Post[] {
  const byId = postsById(citation, offered);
  if (byId.length > 0) return byId;
  if (ONLY_NUMBERS.test(citation)) return postsByNumber(citation.match(/\d+/g) ?? [], offered);
  const words = plain(citation);
  return offered.filter(({ title }) => plain(title) !== '' && words.includes(plain(title)));
}

function citedInProse<Post extends OfferedPost>(answer: string, offered: readonly Post[]): Post[] {
  const byId = postsById(answer, offered);
  if (byId.length > 0) return byId;
  const marks = [...answer.matchAll(/\[(\d{1,2}(?:, ?\d{1,2}){0,5})\]/g)];
  return postsByNumber(
    marks.flatMap(([, numbers = '']) => numbers.split(',')),
    offered,
  );
}

/** The posts whose ids a text names, as it names them; a model may lose the case of an id, and no other has its letters. */
function postsById<Post extends OfferedPost>(text: string, offered: readonly Post[]): Post[] {
  const tokens = text.match(/[A-Za-z0-9]+/g) ?? [];
  return tokens.flatMap((token) =>
    offered.filter(({ postId }) => postId.toLowerCase() === token.toLowerCase()),
  );
}

const postsByNumber = <Post>(numbers: readonly string[], offered: readonly Post[]): Post[] =>
  numbers.flatMap((number) => offered[Number(number) - 1] ?? []);

/** Words without case, marks and joints, with a space on each side so that whole words are compared. */
const plain = (text: string): string => {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? '' : ` ${words.join(' ')} `;
};
