import { Context, log } from '@temporalio/activity';
import type { Turn } from '../contract/chat.js';
import type { Services } from '../services/services.js';
import { inTime } from './spend.js';

/** Whether the archive has a turn. `missing`: it did not answer in time, and the workflow sees to it. */
export type StoredTurn = 'written' | 'missing' | 'deleted';

/** Keeps a turn in the archive at its end, so that the posts show at once what cites them. Never throws: it may have been paid for. */
export async function storeTurn(
  { archive }: Pick<Services, 'archive'>,
  { chatId, account, turn }: { chatId: string; account: string; turn: Turn },
): Promise<StoredTurn> {
  // An attempt that Temporal has given up may have a successor, whose answer is the one that the reader gets.
  if (Context.current().cancellationSignal.aborted) return 'missing';
  const { citations, ...said } = turn;
  const citedIds = citations.map(({ postId }) => postId);
  try {
    return (await inTime(archive.chats.saveTurn({ ...said, chatId, account, citedIds })))
      ? 'written'
      : 'deleted';
  } catch (error) {
    log.warn('the archive did not take a turn; the workflow writes it down', { error });
    return 'missing';
  }
}
