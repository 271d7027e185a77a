import type { ReadChat } from '../../activities/record-turn.js';
import type { ChatInput, ChatStatus, Turn } from '../../contract/chat.js';
import { knownNano, unknownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd, type Nano } from '../../contract/money/nano.js';
import { remember, rememberQuestion, type Memory } from './memory.js';

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
export interface Cost {
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
  ...{ turns, numbered, lastAt },
  memories: asked.reduce(rememberQuestion, [] as readonly Memory[]),
});

/** One turn more. What was flagged is not brought up again, and what a question found nothing for helps no later one. */
export function addTurn(said: TurnSaid, turn: Turn): TurnSaid {
  const { outcome, at, citations } = turn;
  const memories =
    outcome === 'answered'
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
  ...{ id: input.id, account: input.account, turns: said.turns, lastAt: said.lastAt },
  ...{ costUsd: toUsd(cost.known), unknownUsd: toUsd(cost.unknown) },
});
