/** The keys of charges: one for each paid call, told by what it was for. */

export const planKey = (call: { batchId: string; page: number; call: number }): string =>
  `batch/${call.batchId}/plan/${call.page}/${call.call}`;

export const draftKey = (call: { postId: string; revision: number; call: number }): string =>
  `post/${call.postId}/draft/r${call.revision}/${call.call}`;
