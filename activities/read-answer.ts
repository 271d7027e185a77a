import { chatWords } from '../contract/chat-words.js';
import { cutText } from '../contract/draft.js';
import { ANSWER_CHARACTERS, type WrittenAnswer } from './answer-schema.js';

/** A post that the model was given to answer from. */
interface OfferedPost {
  readonly postId: string;
  readonly title: string;
}

/** An answer as readers get it. */
interface ReadAnswer<Post extends OfferedPost> {
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
  if (!answered) return { answered, answer: told === '' ? chatWords().nothing : told, citations: [] };
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

/**
 * A model's words as plain text: no tags of the prompt, no links, no marks of Markdown, and no ids of posts, which readers see
 * as cards. An id inside a sentence becomes the post's title.
 */
function withoutMarkup(
  answer: string,
  offered: readonly { readonly postId: string; readonly title: string }[],
): string {
  const titles = new Map(offered.map(({ postId, title }) => [postId, title]));
  const text = answer
    .replaceAll('\r\n', '\n')
    .replace(TAG, '')
    .replace(SOURCE_MARK, '')
    .replace(LINK, (_all, words: string) => (isReference(words, titles, true) ? '' : words))
    .replace(BRACKETS, (all, bracket: string, words: string) =>
      isReference(words, titles, bracket === '[') ? '' : all,
    )
    .replace(ID, (id) => (titles.has(id) ? `“${titles.get(id)}”` : id))
    .replace(/\bpost (?=“)/gi, '');
  return spaced(unmarked(text));
}

/** The tags in which a prompt sets posts and questions. */
const TAG = /<\/?(?:posts?|answer|question|earlier|reader)\b[^<>]{0,300}>/gi;
/** As some models mark their sources: 【1†post】. */
const SOURCE_MARK = /【[^【】]{0,100}】/g;
/** A link or a picture of Markdown. */
const LINK = /!?\[([^[\]]{0,200})\]\([^()\s]{0,2000}\)/g;
const BRACKETS = /([[(])([^[\]()]{1,200})[\])]/g;
const ID = /(?<![A-Za-z0-9])[A-Za-z0-9]{12}(?![A-Za-z0-9])/g;

/** What stands beside an id in brackets and says no more than it: `(see post UpkTZ26nc9Eb)`. */
const BESIDE = /^(?:see|my|posts?|ids?|sources?|cited|refs?|references?|citations?|from|and)$/i;
const LOOKS_LIKE_ID = /^(?=\D*\d)(?=[^A-Za-z]*[A-Za-z])[A-Za-z0-9]{12}$/;

/** Whether the inside of brackets only points at posts: by ids, of posts that were never offered too, or by numbers. */
function isReference(inside: string, titles: ReadonlyMap<string, string>, numbersCount: boolean): boolean {
  const words = inside.match(/[\p{L}\p{N}]+/gu) ?? [];
  const points = words.filter(
    (word) => titles.has(word) || LOOKS_LIKE_ID.test(word) || (numbersCount && /^\d{1,2}$/.test(word)),
  );
  return points.length > 0 && words.every((word) => points.includes(word) || BESIDE.test(word));
}

/** Without the marks of headings, of quotes, of code and of stress; a list keeps its lines. */
const unmarked = (text: string): string =>
  text
    .replace(/^[ \t]{0,3}(?:#{1,6}[ \t]|>[ \t]?)/gm, '')
    .replace(/^[ \t]{0,3}[*•] /gm, '- ')
    .replace(/(\*\*|__|`)(?=\S)([^*_`\n]{1,1000})\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]{1,1000})\*(?![\w*])/g, '$1');

/** The space that taking away leaves behind. */
const spaced = (text: string): string =>
  text
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/(?<! ) (?=[.,;:!?](?:\s|$))/g, '')
    .replace(/(?<! ) \n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
