import { CancellationScope } from '@temporalio/workflow';
import type { AnsweredTurn } from '../../activities/answer.js';
import type { ChatInput, Turn } from '../../contract/chat.js';
import type { Charge } from '../../contract/money/charge.js';
import type { Payer } from '../../contract/money/spend.js';
import { archive } from '../activities.js';
import { partOf, type Cell } from '../cell.js';
import type { PaidRow } from '../paid/row.js';
import type { Doing } from './doing.js';
import type { Conversation } from './state.js';
import type { CallFacts } from '../../activities/attempt.js';
import type { KeptText } from '../../activities/paid-text.js';

/** Whose money a conversation spends. */
export const payerOf = ({ account, id }: ChatInput): Payer => ({
  account,
  planner: null,
  batchId: null,
  postId: null,
  chatId: id,
});

/** Whether the archive still has to hear of a turn: it was away at its end, or of a call before it. */
export const needsRecord = (record: AnsweredTurn['record'], { charges }: Pick<PaidRow, 'charges'>): boolean =>
  record === 'missing' || charges.length > 1;

/** Writes a turn and its charges down, however long the archive is away. */
export async function recordTurn(
  { input }: Conversation,
  doing: Cell<Doing>,
  { citations, offered = [], ...turn }: Turn,
  charges: readonly Charge[],
): Promise<void> {
  const writing = partOf(doing, 'writing');
  writing.change((count) => count + 1);
  const isStored = await CancellationScope.nonCancellable(() =>
    archive.recordTurn.executeWithOptions({ summary: `record: turn ${turn.turn}` }, [
      {
        turn: {
          ...turn,
          chatId: input.id,
          account: input.account,
          citedIds: idsOf(citations),
          offeredIds: idsOf(offered),
        },
        payer: payerOf(input),
        charges,
      },
    ]),
  );
  if (!isStored) partOf(doing, 'isGone').change(() => true);
  writing.change((count) => count - 1);
}

const idsOf = (posts: Turn['citations']): string[] => posts.map(({ postId }) => postId);

type FoundTurn = CallFacts & { readonly outcome: 'kept' } & KeptText<AnsweredTurn>;

/** The turn that a worker had stored before it died, so that nobody pays for it again; null where it had not. */
export async function findLostTurn(
  chatId: string,
  turn: number,
  charges: readonly Charge[],
): Promise<FoundTurn | null> {
  const found = await archive.readTurn.executeWithOptions({ summary: `Is turn ${turn} in the archive?` }, [
    { chatId, turn },
  ]);
  return found && keptTurn(found, charges);
}

/** An answer that was found, as its own attempt would have brought it. */
const keptTurn = (turn: Turn, charges: readonly Charge[]): FoundTurn => ({
  outcome: 'kept',
  value: { turn, record: 'written' },
  misses: [],
  charges,
  seconds: null,
  provider: charges[0]?.provider ?? 'none',
  model: charges[0]?.model ?? 'none',
  prompt: charges[0]?.prompt ?? 'unknown',
  offline: turn.offline,
  at: turn.at,
});
