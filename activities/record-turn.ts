import type { PastQuestion, Turn } from '../contract/chat.js';
import type { Charge } from '../contract/money/charge.js';
import type { Payer } from '../contract/money/spend.js';
import type { NewTurn } from '../services/archive/chats/chats.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';
import { Context, log } from '@temporalio/activity';
import { inTime } from './spend.js';

/** A conversation that is taken up again. */
export interface ReadChat {
  /** How many turns it has. */
  readonly turns: number;
  /** The number of the last one. */
  readonly numbered: number;
  /** Of the last one, ISO 8601. */
  readonly lastAt: string;
  /** Of the last turns those that cite a post, the first of them first. */
  readonly asked: readonly AskedBefore[];
}

/** A question as it is brought up again: without the answer, which may rest on a post that was taken back since. */
interface AskedBefore extends PastQuestion {
  readonly visitor: string;
}

/** A turn that is to be written down with what was paid for it. */
export interface TurnRecord {
  readonly turn: NewTurn;
  readonly payer: Payer;
  readonly charges: readonly Charge[];
}

export const createRecordTurn = ({ archive }: Pick<Services, 'archive'>) => ({
  /** What the archive has of a conversation; null where it is unknown or was deleted. */
  readChat({ chatId, limit }: { chatId: string; limit: number }): Promise<ReadChat | null> {
    return withHeartbeat(null, async () => {
      const chat = await archive.chats.findChat(chatId);
      if (!chat) return null;
      const turns = await archive.chats.listLastTurns(chatId, limit);
      return {
        turns: chat.turns,
        lastAt: chat.lastAt,
        numbered: turns.at(-1)?.turn ?? 0,
        asked: turns.filter(({ citations }) => citations.length > 0).map(askedBefore),
      };
    });
  },
  /** A turn of a conversation, as its worker may have stored it before it died; null where there is none. */
  readTurn({ chatId, turn }: { chatId: string; turn: number }): Promise<Turn | null> {
    return withHeartbeat(null, () => archive.chats.findTurn(chatId, turn));
  },
  /** Writes a turn and its charges down. May be repeated. @returns false where the conversation was deleted */
  recordTurn({ turn, payer, charges }: TurnRecord): Promise<boolean> {
    return withHeartbeat(null, async () => {
      if (charges.length > 0) await archive.ledger.settle({ payer, charges });
      return archive.chats.saveTurn(turn);
    });
  },
});

const askedBefore = ({ visitor, question, citations }: Turn): AskedBefore => ({
  visitor,
  question,
  citedIds: citations.map(({ postId }) => postId),
});

/** Whether the archive has a turn. `missing`: it did not answer in time, and the workflow sees to it. */
export type StoredTurn = 'written' | 'missing' | 'deleted';

/** Keeps a turn in the archive at its end, so that the posts show at once what cites them. Never throws: it may have been paid for. */
export async function storeTurn(
  { archive }: Pick<Services, 'archive'>,
  { chatId, account, turn }: { chatId: string; account: string; turn: Turn },
): Promise<StoredTurn> {
  // An attempt that Temporal has given up may have a successor, whose answer is the one that the reader gets.
  if (Context.current().cancellationSignal.aborted) return 'missing';
  const { citations, offered = [], ...said } = turn;
  const [citedIds, offeredIds] = [citations, offered].map((posts) => posts.map(({ postId }) => postId)) as [
    string[],
    string[],
  ];
  try {
    return (await inTime(archive.chats.saveTurn({ ...said, chatId, account, citedIds, offeredIds })))
      ? 'written'
      : 'deleted';
  } catch (error) {
    log.warn('the archive did not take a turn; the workflow writes it down', { error });
    return 'missing';
  }
}
