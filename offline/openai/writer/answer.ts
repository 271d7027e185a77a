import { stemsOf } from '../stems.js';
import type { OutputSchema } from '../question.js';
import type { Facts } from './facts.js';
import { fit, paragraphsIn, quotable, sentencesIn, wordCount } from './fit.js';

/** An answer to a reader, under the names that its schema has. */
export interface SampleAnswer {
  readonly answered: boolean;
  readonly answer: string;
  readonly citations: readonly string[];
}

/** Whether a reader is to be answered from posts. */
export const isAnswer = ({ properties = {} }: OutputSchema): boolean =>
  ['answered', 'answer', 'citations'].every((name) => name in properties);

const NOTHING = "Offline sample: I haven't written about that.";
const QUOTE_CHARACTERS = 260;
/** A question of so many words has to share two with a post whose title has none of them: one may be chance. */
const MANY_WORDS = 4;
/** What is shorter says little by itself, in words. */
const LEAST_WORDS = 5;

/**
 * Answers by quoting the offered sentence that shares most words with the question, and a second one where the title of its post has
 * a word of the question that the first lacks. It cites what it quotes, and says so where too little is shared.
 */
export function answerValues(facts: Facts): SampleAnswer {
  const asked = new Set(stemsOf(questionIn(facts)));
  const least = asked.size >= MANY_WORDS ? 2 : 1;
  const passages = passagesIn(facts.prompt);
  const [first, ...others] = passages
    .map((passage) => ({ ...passage, ...sharedWith(asked, passage) }))
    .filter(({ shared, inTitle }) => inTitle.size > 0 || shared.size >= least)
    .sort((a, b) => b.score - a.score);
  if (!first) return goOn(facts, asked, passages) ?? { answered: false, answer: NOTHING, citations: [] };
  const second = others.find(
    ({ id, inTitle }) => id !== first.id && [...inTitle].some((word) => !first.shared.has(word)),
  );
  const quoted = second ? [first, second] : [first];
  const words = quoted.map(
    ({ title, sentence }) => `“${quotable(title)}”: "${quotable(sentence, QUOTE_CHARACTERS)}"`,
  );
  const text = `Offline sample, quoting ${words.join(' And ')}`;
  const fits = text.length <= facts.limit('answer');
  return {
    answered: true,
    answer: fits ? text : fit(`Offline sample, quoting ${words[0]}`, facts.limit('answer')),
    citations: (fits ? quoted : [first]).map(({ id }) => id),
  };
}

/** Words of "Tell me more", which is about what was said. */
const CARRYING = new Set(
  stemsOf('tell explain happen happened true bit tho und aber warum wann mehr dazu war das'),
);
const EARLIER = /^You: (".*")$/gm;

/** A question that only carries on gets a sentence of the first post that was not quoted yet; null for any other. */
function goOn(facts: Facts, asked: ReadonlySet<string>, passages: readonly Passage[]): SampleAnswer | null {
  if ([...asked].some((word) => !CARRYING.has(word))) return null;
  const said = [...facts.prompt.matchAll(EARLIER)]
    .map(([, text = '']) => text.replaceAll('\\"', '"'))
    .join(' ');
  const next = passages.find(({ sentence }) => !said.includes(quotable(sentence, QUOTE_CHARACTERS)));
  if (!next || said === '') return null;
  const answer = `Offline sample, going on: "${quotable(next.sentence, QUOTE_CHARACTERS)}"`;
  return { answered: true, answer: fit(answer, facts.limit('answer')), citations: [next.id] };
}

/** Cites a post that nobody offered. */
export const offCitations = (answer: SampleAnswer): SampleAnswer => ({
  ...answer,
  answered: true,
  citations: ['a1a1a1a1a1a1'],
});

interface Passage {
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
}

const POST = /<post\b[^<>]{0,300}?\bid="([^"<>]{1,40})"[^<>]{0,300}>([^]*?)<\/post>/g;

/** The sentences of the posts that the prompt offers, in its order. */
const passagesIn = (prompt: string): Passage[] =>
  [...prompt.matchAll(POST)].flatMap(([, id = '', said = '']) => {
    const [title = '', ...rest] = paragraphsIn(said).map((paragraph) => paragraph.trim());
    const sentences = rest.flatMap(sentencesIn).map((sentence) => sentence.replace(/\s+/g, ' ').trim());
    // The last one may be cut off.
    const whole = sentences.filter((sentence) => /[.!?…]["'’”)]?$/.test(sentence));
    const telling = whole.filter((sentence) => wordCount(sentence) >= LEAST_WORDS);
    const [best = [sentences[0] ?? title]] = [telling, whole].filter((some) => some.length > 0);
    return best.map((sentence) => ({ id, title, sentence }));
  });

/** The words of the question that a sentence and the title above it have, and how much that is: more where both do. */
function sharedWith(asked: ReadonlySet<string>, { title, sentence }: Passage) {
  const [inTitle, own] = [title, sentence].map(
    (text) => new Set(stemsOf(text).filter((word) => asked.has(word))),
  ) as [Set<string>, Set<string>];
  const shared = new Set([...inTitle, ...own]);
  return { inTitle, shared, score: 2 * shared.size + own.size + inTitle.size };
}

/** The last question that stands in the prompt as JSON text, under a line that says so; else the line that is called so. */
function questionIn(facts: Facts): string {
  const lines = facts.prompt.split('\n').map((line) => line.trim());
  const quoted = lines.findLast(
    (line, at) => line.startsWith('"') && /question.*:$/i.test(lines[at - 1] ?? ''),
  );
  try {
    if (quoted !== undefined) return String(JSON.parse(quoted));
  } catch {
    // Not JSON after all.
  }
  return facts.line('Question') ?? lines.findLast((line) => line !== '') ?? '';
}
