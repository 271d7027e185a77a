import type { CallFacts } from '../../activities/attempt.js';
import type { AnsweredTurn } from '../../activities/answer.js';
import type { KeptText } from '../../activities/paid-text.js';
import type { Turn } from '../../contract/chat.js';
import type { Charge } from '../../contract/money/charge.js';
import { archive } from '../activities.js';

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
export const keptTurn = (turn: Turn, charges: readonly Charge[]): FoundTurn => ({
  ...{ outcome: 'kept', value: { turn, record: 'written' }, misses: [], charges, seconds: null },
  ...{ provider: charges[0]?.provider ?? 'none', model: charges[0]?.model ?? 'none' },
  ...{ prompt: charges[0]?.prompt ?? 'unknown', offline: turn.offline, at: turn.at },
});
