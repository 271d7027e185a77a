import type { Account } from '../../account.js';
import { formatOf } from '../../formats/registry.js';
import type { MediaStep, Step } from '../../states.js';
import type { BatchStatus, PostStatus } from '../../status.js';
import { sumNano, toNano, toUsd, type Nano } from '../nano.js';
import { draftMost, estimateMediaStep } from './estimate.js';
import type { TextRate } from './text-rate.js';

/** A post, as far as it says what is still to be paid for it. */
type Unfinished = Pick<PostStatus, 'contentFormat' | 'pipeline' | 'planner' | 'brief'>;

const isAhead = ({ pipeline }: Unfinished, step: Step): boolean =>
  pipeline.findLast((row) => row.step === step)?.state !== 'done';

/** What the pictures and clips that a post still needs are expected to cost, nano-USD. */
export const mediaAhead = (post: Unfinished, account: Account): Nano =>
  estimateMediaOf(
    account,
    formatOf(post.contentFormat).media.filter((step) => isAhead(post, step)),
  );

/** What all media of a format are expected to cost, nano-USD. */
export const mediaOfFormat = (account: Account, contentFormat: string): Nano =>
  estimateMediaOf(account, formatOf(contentFormat).media);

const estimateMediaOf = (account: Account, steps: readonly MediaStep[]): Nano =>
  sumNano(steps.map((step) => estimateMediaStep(account, step)));

/**
 * The budget with which a batch can finish one of its posts: what it has spent, and the most that the post still takes, rounded up
 * to ten cents, or from a dollar on to whole ones. In US dollars; null where the budget holds that already.
 *
 * @param textRate what the text server's tokens cost; null to go by the model's name
 */
export function raisedBudget(
  { budgetUsd, costUsd, unknownUsd }: Pick<BatchStatus, 'budgetUsd' | 'costUsd' | 'unknownUsd'>,
  post: Unfinished,
  { account, textRate }: { account: Account; textRate: TextRate | null },
): number | null {
  const { planner, brief, contentFormat } = post;
  const draft = { account, planner, format: formatOf(contentFormat), brief };
  const isUnwritten = isAhead(post, 'draft') && planner in account.planners;
  const text = isUnwritten ? draftMost(draft, textRate) : 0;
  const needed = toNano(costUsd) + toNano(unknownUsd) + text + mediaAhead(post, account);
  if (needed <= toNano(budgetUsd)) return null;
  const unit = toNano(needed < toNano(1) ? 0.1 : 1);
  return toUsd(Math.ceil(needed / unit) * unit);
}
