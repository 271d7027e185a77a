import type { Turn } from '../../contract/chat.js';
import { chatWords } from '../../contract/chat-words.js';
import { Blocked } from '../blocked.js';
import type { PaidRow } from '../paid/row.js';
import type { NumberedQuestion } from './turn.js';

/**
 * Whether a turn that ended so is declined rather than failed: something was paid for it, and no answer can be used. Where
 * nothing was paid, the reader is told why and may ask again.
 */
export const declinesFor = (error: unknown, { charges }: Pick<PaidRow, 'charges'>): boolean =>
  error instanceof Blocked && (charges.length > 0 || error.error.type === 'Output.NotUsable');

/** A turn whose answer says that there is none. */
export const declinedTurn = (
  { say, turn, at }: NumberedQuestion,
  { charges }: Pick<PaidRow, 'charges'>,
): Turn => ({
  turn,
  at,
  visitor: say.visitor,
  question: say.question,
  answer: chatWords(say.language).nothing,
  outcome: 'declined',
  citations: [],
  offline: charges.some(({ offline }) => offline),
});
