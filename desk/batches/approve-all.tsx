import type { Account } from '../../contract/account.js';
import { FORMAT_NAMES } from '../../contract/formats/registry.js';
import { formatUsd, type Nano, sumNano } from '../../contract/money/nano.js';
import { mediaOfFormat } from '../../contract/money/prices/rest-of-post.js';
import type { BatchPost, BatchStatus } from '../../contract/status.js';
import { momentWords } from '../calendar/days.js';
import type { DeskDeps } from '../deps.js';
import { ConfirmPage } from '../kit/confirm-page.js';
import type { Viewer } from '../kit/room-page.js';
import { zonePlace } from '../kit/time.js';
import { freeSlots } from '../reading/slots.js';
import { batchPath, countPosts, plannerWords } from './batch-words.js';

/** What an approval of all that wait in a batch would do. */
export interface ApprovalPlan {
  readonly publish: readonly BatchPost[];
  /** The slots that they take, ISO 8601, in order; null where they go out at once. */
  readonly slots: readonly string[] | null;
  readonly make: readonly BatchPost[];
  /** What the media of those is expected to cost, nano-USD. */
  readonly mediaCost: Nano;
}

/** By the account as the batch keeps it: that one's slots and models count for its posts. */
export async function planApproval(
  deps: Pick<DeskDeps, 'archive' | 'now'>,
  batch: BatchStatus,
): Promise<ApprovalPlan> {
  const waiting = batch.posts.filter(({ status }) => status === 'awaiting_approval');
  const make = waiting.filter(({ gate }) => gate === 'media');
  const publish = waiting.filter(({ gate }) => gate !== 'media');
  const { records } = deps.archive;
  const account = waiting[0]
    ? ((await records.findAccountOfPost(waiting[0].id)) ?? (await records.findAccount(batch.account)))
    : null;
  const slots = account?.slots ? await freeSlots(deps, account, publish.length) : null;
  return { publish, slots, make, mediaCost: account ? costOf(account, make) : 0 };
}

const costOf = (account: Account, posts: readonly BatchPost[]): Nano =>
  sumNano(
    posts
      .filter(({ contentFormat }) => FORMAT_NAMES.includes(contentFormat))
      .map(({ contentFormat }) => mediaOfFormat(account, contentFormat)),
  );

/** `Publish 4 posts at their slots, and make 2 (about $0.12)?` */
export function approvalQuestion({ publish, slots, make, mediaCost }: ApprovalPlan): string {
  const out = `publish ${countPosts(publish.length)} ${whenWords(publish.length, slots)}`;
  const made = `make ${make.length === 1 ? 'the picture or clip' : 'the pictures and clips'} of ${countPosts(make.length)} (about ${formatUsd(mediaCost)})`;
  const parts = [...(publish.length > 0 ? [out] : []), ...(make.length > 0 ? [made] : [])];
  const words = parts.join(', and ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}?`;
}

function whenWords(count: number, slots: ApprovalPlan['slots']): string {
  if (slots === null) return 'now';
  return count === 1 ? 'at its slot' : 'at their slots';
}

/** A page is to be read. */
const MOST_TITLES = 20;

interface ApproveAllProps {
  readonly batch: BatchStatus;
  readonly plan: ApprovalPlan;
  readonly viewer: Viewer;
  /** In which the times are written. */
  readonly zone: string;
}

/** `/desk/batches/<id>/approve`: says what an approval of all does, and asks once. */
export function ApproveAllPage({ batch, plan, viewer, zone }: ApproveAllProps) {
  const all = [...plan.publish, ...plan.make];
  const [first, last] = [plan.slots?.at(0), plan.slots?.at(-1)];
  return (
    <ConfirmPage
      {...viewer}
      title="Approve all"
      place="batches"
      question={approvalQuestion(plan)}
      action={`${batchPath(batch.id)}/approve`}
      back={batchPath(batch.id)}
      keep="Not yet"
      look="approve"
    >
      <p>
        <strong>{plannerWords(batch.planner)}</strong> of @{batch.account}, batch <code>{batch.id}</code>.
        {first !== undefined && ` The first goes out ${momentWords(first, zone)}`}
        {first !== last && last !== undefined && `, the last ${momentWords(last, zone)}`}
        {first !== undefined && ` (${zonePlace(zone)}).`}
      </p>
      <ul>
        {all.slice(0, MOST_TITLES).map(({ id, title }) => (
          <li>{title || `Post ${id}`}</li>
        ))}
        {all.length > MOST_TITLES && <li>and {countPosts(all.length - MOST_TITLES)} more</li>}
      </ul>
    </ConfirmPage>
  );
}
