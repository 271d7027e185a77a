import type { PastQuestion, PastTurn } from '../../contract/chat.js';

/** What a conversation remembers of one visitor; nobody else is reminded of it. */
export interface Memory {
  readonly visitor: string;
  /** The last turns, the first of them first. */
  readonly last: readonly PastTurn[];
  /** Those before, in short. */
  readonly before: readonly PastQuestion[];
}

/** Each run begins with all of it, and each answer is asked for with a visitor's part: it is bounded by what can be read at a glance. */
const MOST_VISITORS = 10;
const MOST_TURNS = 4;
const MOST_BEFORE = 12;
const QUESTION_CHARACTERS = 500;
const ANSWER_CHARACTERS = 700;
const SHORT_CHARACTERS = 120;

const NOTHING = { last: [], before: [] };

/** What is remembered of a visitor. */
export const memoryOf = (memories: readonly Memory[], visitor: string): Memory =>
  memories.find((memory) => memory.visitor === visitor) ?? { visitor, ...NOTHING };

/** With one turn more. What no longer fits is kept in short, then forgotten, as is who has not asked for longest. */
export function remember(memories: readonly Memory[], turn: PastTurn): readonly Memory[] {
  const { visitor, question, answer } = turn;
  const { last, before } = memoryOf(memories, visitor);
  const turns = [
    ...last,
    { ...turn, question: cut(question, QUESTION_CHARACTERS), answer: cut(answer, ANSWER_CHARACTERS) },
  ].toSorted((a, b) => a.turn - b.turn);
  const memory: Memory = {
    visitor,
    last: turns.slice(-MOST_TURNS),
    before: [...before, ...turns.slice(0, -MOST_TURNS).map(inShort)].slice(-MOST_BEFORE),
  };
  return placeLast(memories, memory);
}

/** With one question of before this workflow, in short. */
export function rememberQuestion(
  memories: readonly Memory[],
  { visitor, question, citedIds }: PastQuestion & { readonly visitor: string },
): readonly Memory[] {
  const memory = memoryOf(memories, visitor);
  const before = [...memory.before, inShort({ question, citedIds })].slice(-MOST_BEFORE);
  return placeLast(memories, { ...memory, before });
}

/** Who has asked last stands last. */
const placeLast = (memories: readonly Memory[], memory: Memory): readonly Memory[] =>
  [...memories.filter(({ visitor }) => visitor !== memory.visitor), memory].slice(-MOST_VISITORS);

/** The last questions of all visitors in short, the newest first: for the people who run this, not for the model. */
export const lastQuestions = (memories: readonly Memory[], limit: number): readonly string[] =>
  memories
    .flatMap(({ last }) => last)
    .toSorted((a, b) => b.turn - a.turn)
    .slice(0, limit)
    .map(({ turn, question }) => `${turn}. ${cut(question, SHORT_CHARACTERS)}`);

const inShort = ({ question, citedIds }: PastQuestion): PastQuestion => ({
  question: cut(question, SHORT_CHARACTERS),
  citedIds,
});

/** On one line, by whole characters. */
function cut(text: string, most: number): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length <= most ? characters.join('') : `${characters.slice(0, most - 1).join('')}…`;
}
