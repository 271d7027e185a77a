/** The keys of charges: one for each paid call, told by what it was for. */

export const planKey = (call: { batchId: string; page: number; call: number }): string =>
  `batch/${call.batchId}/plan/${call.page}/${call.call}`;

export const draftKey = (call: { postId: string; revision: number; call: number }): string =>
  `post/${call.postId}/draft/r${call.revision}/${call.call}`;

/**
 * A call of a chat's turn. `run` tells the workflow's run: a conversation that is taken up again may give a number once more
 * that failed before.
 */
export interface ChatCall {
  readonly chatId: string;
  readonly run: string;
  readonly turn: number;
  readonly call: number;
}

export const answerKey = ({ chatId, run, turn, call }: ChatCall): string =>
  `chat/${chatId}/answer/${turn}/${run}/${call}`;

export const embeddingKey = ({ chatId, run, turn, call }: ChatCall): string =>
  `chat/${chatId}/embedding/${turn}/${run}/${call}`;
