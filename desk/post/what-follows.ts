import { FORMAT_NAMES } from '../../contract/formats/registry.js';
import type { Nano } from '../../contract/money/nano.js';
import { mediaAhead, raisedBudget } from '../../contract/money/prices/rest-of-post.js';
import { OVER_BUDGET } from '../../contract/money/spend.js';
import type { DeskDeps } from '../deps.js';
import type { PostView, Reader } from '../reading/reader.js';
import { freeSlots } from '../reading/slots.js';

/** What a decision on a post leads to, as far as it can be said before. */
export interface WhatFollows {
  /** The next free slot that it may take, ISO 8601; null for none. */
  readonly nextSlot: string | null;
  /** What its pictures and clips are expected to cost, nano-USD, where an approval has them made; else null. */
  readonly mediaCost: Nano | null;
  /** The budget with which it can be finished, in US dollars, where that of its batch is used up; else null. */
  readonly raiseTo: number | null;
}

export const NOTHING_FOLLOWS: WhatFollows = { nextSlot: null, mediaCost: null, raiseTo: null };

/** By the account as its batch keeps it: that one's slots and models count for its posts. */
export async function readWhatFollows(
  deps: Pick<DeskDeps, 'archive' | 'now' | 'settings'>,
  reader: Pick<Reader, 'batch'>,
  { hasSlots, status: post }: PostView,
): Promise<WhatFollows> {
  const { id, status, gate, error, contentFormat } = post;
  const goesOut = status === 'awaiting_approval' || status === 'scheduled';
  const isOverBudget = status === 'blocked' && error?.type === OVER_BUDGET;
  if (!isOverBudget && !(goesOut && hasSlots) && gate !== 'media') return NOTHING_FOLLOWS;
  const account = await deps.archive.records.findAccountOfPost(id);
  if (!account || !FORMAT_NAMES.includes(contentFormat)) return NOTHING_FOLLOWS;
  const batch = isOverBudget ? await reader.batch(post.batchId) : null;
  const textRate = deps.settings.textRate ?? null;
  return {
    nextSlot: goesOut && hasSlots ? ((await freeSlots(deps, account, 1))[0] ?? null) : null,
    mediaCost: gate === 'media' ? mediaAhead(post, account) : null,
    raiseTo: batch && raisedBudget(batch, post, { account, textRate }),
  };
}
