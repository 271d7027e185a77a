import type { DeskDeps } from '../deps.js';
import type { BatchPost, BatchStatus } from '../../contract/status.js';
import type { Person } from '../http/session.js';
import type { BatchNowProps } from './batch-now.js';
import { printable } from '../http/printable.js';
import { batchPath } from './batch-words.js';
import type { BatchPageProps } from './batch-page.js';
import type { CostRow, PostSummary } from '../../contract/lists.js';
import { POST_STATES, type PostState } from '../../contract/states.js';
import { addressWith } from '../kit/room-page.js';

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
    batch,
    posts,
    summaries,
    paid,
    canDecide: person.role === 'editor',
    state: window.state,
    before: at(before),
    after: at(after),
    zone: account?.timeZone ?? 'UTC',
    now: now(),
  };
}

/** The whole page of a batch. */
export async function batchPageProps(
  deps: ViewDeps,
  batch: BatchStatus,
  { window, viewer, said, problem }: Pick<BatchPageProps, 'viewer' | 'said' | 'problem'> & { window: Window },
): Promise<BatchPageProps> {
  const [now, account] = await Promise.all([
    batchNow(deps, batch, window, viewer.person),
    deps.accounts.account(batch.account),
  ]);
  const part = `${batchPath(batch.id)}${windowSearch(window, 'now')}`;
  return { ...now, viewer, account, said, problem, part, temporalUi: deps.settings.temporalUi ?? null };
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

/** As many posts as a page of a batch shows. */
const WINDOW = 100;

/** Which posts of a batch a page shows. */
interface Window {
  /** Posts of one state only; null for all. */
  readonly state: PostState | null;
  /** The place of the first one, counted from 0. */
  readonly from: number;
}

/** The window that an address names; what it names wrongly is left out. */
export function readWindow(status: string | undefined, from: string | undefined): Window {
  const state = POST_STATES.find((known) => known === status) ?? null;
  return { state, from: from !== undefined && /^\d{1,6}$/.test(from) ? Number(from) : 0 };
}

/** The window as the end of an address, with its question mark. */
export function windowSearch({ state, from }: Window, part?: string): string {
  return addressWith('', { status: state, from: from > 0 ? String(from) : null, part });
}

interface SeenPosts {
  readonly posts: readonly BatchPost[];
  /** The windows beside this one; null where there is nothing. */
  readonly before: Window | null;
  readonly after: Window | null;
}

/** The posts of a batch that a window shows, blocked ones first: nothing else moves them. */
export function postsShown(all: readonly BatchPost[], { state, from }: Window): SeenPosts {
  const isBlocked = ({ status }: BatchPost): boolean => status === 'blocked';
  const matching =
    state === null
      ? [...all.filter(isBlocked), ...all.filter((post) => !isBlocked(post))]
      : all.filter((post) => post.status === state);
  // Posts leave a state while somebody looks at its later ones.
  const last = Math.max(0, Math.ceil(matching.length / WINDOW) - 1) * WINDOW;
  const start = Math.min(from, last);
  const end = start + WINDOW;
  return {
    posts: matching.slice(start, end),
    before: start > 0 ? { state, from: Math.max(0, start - WINDOW) } : null,
    after: end < matching.length ? { state, from: end } : null,
  };
}
