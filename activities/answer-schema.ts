import { z } from 'zod';
import { asObject, type Loose } from '../services/text/usage.js';

/** How many posts a model is given to answer from, and may cite. */
export const MOST_POSTS_OFFERED = 6;
/** The longest answer that is shown, characters. Models are asked for half of it. */
export const ANSWER_CHARACTERS = 1_200;

/** An answer as the model wrote it: read it with `readAnswer`. */
export interface WrittenAnswer {
  readonly answered: boolean;
  readonly answer: string;
  /** What it names as its posts, each in its own way: an id, a title, `[1]`. */
  readonly citations: readonly string[];
}

/** What a model is asked to fill in. What comes back is taken as a person would who reads it. */
export const answerSchema: z.ZodType<WrittenAnswer> = z.preprocess(
  asWritten,
  z.object({
    answered: z.boolean().describe('false where the posts do not say it'),
    answer: z.string().meta({
      description: `The answer, at most ${ANSWER_CHARACTERS / 2} characters of plain text`,
      minLength: 1,
      maxLength: ANSWER_CHARACTERS,
    }),
    citations: z
      .array(z.string())
      .meta({ description: 'The ids of the posts that the answer rests on', maxItems: MOST_POSTS_OFFERED }),
  }),
) as unknown as z.ZodType<WrittenAnswer>;

/** The names under which models answer that are not held to the schema, the asked one first. */
const NAMES = {
  answered: ['answered', 'is_answered', 'isAnswered', 'found'],
  answer: ['answer', 'reply', 'response', 'text'],
  citations: ['citations', 'citation', 'cited', 'sources', 'references', 'posts'],
} as const;

function asWritten(value: unknown): unknown {
  const only = Array.isArray(value) && value.length === 1 ? (value as unknown[])[0] : value;
  const given = asObject(only);
  if (!given) return value;
  return {
    answered: asAnswered(valueOf(given, NAMES.answered)),
    answer: asText(valueOf(given, NAMES.answer)),
    citations: asList(valueOf(given, NAMES.citations)).flatMap(asCitation),
  };
}

const valueOf = (given: Loose, names: readonly string[]): unknown =>
  names.map((name) => given[name]).find((value) => value !== undefined);

const NO = /^(?:false|no|not answered|unanswered|none|0|nein|non|não)\.?$/i;

/** Only a no is one: of an answer that cites nothing the rules ask again. */
const asAnswered = (value: unknown): boolean =>
  value !== false && value !== 0 && !(typeof value === 'string' && NO.test(value.trim()));

/** Paragraphs may come as a list. Undefined for what is no text, so that the schema says that it is missing. */
function asText(value: unknown): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const parts = Array.isArray(value) ? value.map(asText) : [undefined];
  return parts.every((part) => part !== undefined) ? parts.join('\n\n') : undefined;
}

const asList = (value: unknown): readonly unknown[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
};

/** What names a post in an object, such as `{ id, title, quote }`. */
const NAMES_POST = ['id', 'postId', 'post_id', 'post', 'ref', 'number', 'url', 'title'];

/** One text a citation; none for what names no post. */
function asCitation(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  const named = asObject(value);
  const parts = named ? NAMES_POST.flatMap((name) => asCitationText(named[name])) : [];
  return parts.length === 0 ? [] : [parts.join('\n')];
}

const asCitationText = (value: unknown): string[] =>
  typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
