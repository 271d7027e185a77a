import type { ReadChat } from '../../activities/record-turn.js';
import type { ChatInput, ChatStatus, Turn, PastQuestion, PastTurn } from '../../contract/chat.js';
import { knownNano, unknownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd, type Nano } from '../../contract/money/nano.js';

/** What was said: changed when a turn is over. */
export interface TurnSaid {
  /** How many turns it has. */
  readonly turns: number;
  /** The highest number that a question has; one that came to nothing leaves a gap. */
  readonly numbered: number;
  /** ISO 8601; null before the first. */
  readonly lastAt: string | null;
  readonly memories: readonly Memory[];
}

/** What it cost in this workflow's time, as sums: a list of charges would grow with every turn. */
interface Cost {
  readonly known: Nano;
  readonly unknown: Nano;
}

export interface Conversation {
  readonly input: ChatInput;
  readonly said: TurnSaid;
  readonly cost: Cost;
}

/** What a run of a conversation hands to the next one. */
export type CarriedChat = Omit<Conversation, 'input'>;

export const newChat = (input: ChatInput): Conversation => ({
  input,
  said: { turns: 0, numbered: 0, lastAt: null, memories: [] },
  cost: { known: 0, unknown: 0 },
});

/** What the archive has of a conversation, as the workflow goes on from it. */
export const saidBefore = ({ turns, numbered, asked, lastAt }: ReadChat): TurnSaid => ({
  turns,
  numbered,
  lastAt,
  memories: asked.reduce(rememberQuestion, [] as readonly Memory[]),
});

/** One turn more. What cites no post is not brought up again: it helps no later question. */
export function addTurn(said: TurnSaid, turn: Turn): TurnSaid {
  const { at, citations } = turn;
  const memories =
    citations.length > 0
      ? remember(said.memories, { ...pastOf(turn), citedIds: citations.map(({ postId }) => postId) })
      : said.memories;
  return { ...said, turns: said.turns + 1, lastAt: latest(said.lastAt, at), memories };
}

const pastOf = ({ turn, visitor, question, answer }: Turn) => ({ turn, visitor, question, answer });
const latest = (before: string | null, at: string): string => (before !== null && before > at ? before : at);

export const addCost = ({ known, unknown }: Cost, charges: readonly Charge[]): Cost => ({
  known: known + knownNano(charges),
  unknown: unknown + unknownNano(charges),
});

export const chatStatus = ({ input, said, cost }: Conversation): ChatStatus => ({
  id: input.id,
  account: input.account,
  turns: said.turns,
  lastAt: said.lastAt,
  costUsd: toUsd(cost.known),
  unknownUsd: toUsd(cost.unknown),
});

/** What a conversation remembers of one visitor; nobody else is reminded of it. */
interface Memory {
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
function remember(memories: readonly Memory[], turn: PastTurn): readonly Memory[] {
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
function rememberQuestion(
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
