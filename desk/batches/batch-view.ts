import type { CostRow, PostSummary } from '../../contract/lists.js';
import type { BatchStatus } from '../../contract/status.js';
import type { DeskDeps } from '../deps.js';
import { printable } from '../safety/printable.js';
import type { Person } from '../safety/session.js';
import { barCounts } from '../kit/frame.js';
import type { BatchNowProps } from './batch-now.js';
import type { BatchPageProps } from './batch-page.js';
import { batchPath } from './batch-words.js';
import { postsShown, windowSearch, type Window } from './post-window.js';

type ViewDeps = Pick<DeskDeps, 'archive' | 'accounts' | 'settings' | 'now'>;

/** A batch with what its own document lacks: the pictures of its posts, and what of its cost was wasted. */
export async function batchNow(
  { archive, accounts, now }: ViewDeps,
  given: BatchStatus,
  window: Window,
  person: Person,
): Promise<BatchNowProps> {
  const batch = printable(given);
  const { posts, before, after } = postsShown(batch.posts, window);
  const [summaries, paid, account] = await Promise.all([
    summariesOf(
      archive,
      posts.map(({ id }) => id),
    ),
    batch.offline ? null : paidFor(archive, batch.id),
    accounts.account(batch.account),
  ]);
  const at = (beside: Window | null): string | null =>
    beside && `${batchPath(batch.id)}${windowSearch(beside)}`;
  return {
    ...{ batch, posts, summaries, paid, canDecide: person.role === 'editor', state: window.state },
    ...{ before: at(before), after: at(after), zone: account?.timeZone ?? 'UTC', now: now() },
  };
}

/** The whole page of a batch. */
export async function batchPageProps(
  deps: ViewDeps,
  batch: BatchStatus,
  { window, person, said, problem }: Pick<BatchPageProps, 'person' | 'said' | 'problem'> & { window: Window },
): Promise<BatchPageProps> {
  const [now, account, counts] = await Promise.all([
    batchNow(deps, batch, window, person),
    deps.accounts.account(batch.account),
    barCounts(deps.archive.records),
  ]);
  const part = `${batchPath(batch.id)}${windowSearch(window, 'now')}`;
  return {
    ...now,
    person,
    counts,
    account,
    said,
    problem,
    part,
    temporalUi: deps.settings.temporalUi ?? null,
  };
}

async function summariesOf(
  { records }: DeskDeps['archive'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, PostSummary>> {
  if (ids.length === 0) return new Map();
  const { posts } = await records.listPosts({ ids });
  return new Map(posts.map((post) => [post.id, post]));
}

/** Null for a batch that nothing real was paid for. */
async function paidFor({ ledger }: DeskDeps['archive'], batchId: string): Promise<CostRow | null> {
  const { total } = await ledger.sumCosts({ by: 'step', batchId });
  return total.charges > 0 ? total : null;
}
