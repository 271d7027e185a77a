import { CHAT_BUSY, CHAT_DELETED, CHAT_OFF } from '../contract/chat.js';
import { errorLine } from '../contract/errors.js';
import { OVER_BUDGET } from '../contract/money/spend.js';
import { BudgetError, ChatOffError, RefusedError, UnknownIdError } from './errors.js';
import { readTemporalFailure, reasonOf } from './temporal-failure.js';

interface AskedChat {
  readonly chatId: string;
  /** Its handle. */
  readonly account: string;
  readonly namespace: string;
}

/** Why a conversation refused a question, as an error that a person can act on. @param error of the update */
export function refusedTurn(error: unknown, { chatId, account, namespace }: AskedChat): Error {
  const reason = errorLine(reasonOf(error));
  switch (typeOfRefusal(error)) {
    case OVER_BUDGET:
      return new BudgetError(reason);
    case CHAT_DELETED:
      return new UnknownIdError('chat', chatId, namespace);
    case CHAT_OFF:
      return new ChatOffError(account);
    // Of the server, for an update whose workflow was ended under it.
    case 'AcceptedUpdateCompletedWorkflow':
      return new RefusedError(`chat ${chatId} was ended while it answered; ask again`);
    // Their words name servers, which are no reader's business.
    case 'Archive.Unreachable':
    case 'Archive.Full':
    case 'Archive.Held':
      return new RefusedError(
        `@${account} can't look up what it has published just now; ask again in a minute`,
      );
    default:
      return new RefusedError(reason);
  }
}

/**
 * Whether no run heard the question, so that it may be asked again. Not found is a run that ended as it was asked, which the next
 * try starts again; a busy one is about to have another run. A question that was heard is never not found.
 */
export const wasNotHeard = (error: unknown): boolean =>
  ['interrupted', 'not_found'].includes(readTemporalFailure(error)) || typeOfRefusal(error) === CHAT_BUSY;

/** The type of the innermost failure that has one. */
function typeOfRefusal(error: unknown): string | undefined {
  let type: string | undefined;
  for (let link: unknown = error; link instanceof Error; link = link.cause)
    type = (link as { type?: string | null }).type ?? type;
  return type;
}
