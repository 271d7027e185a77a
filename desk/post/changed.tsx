import type { DecisionKind } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { deskPostPath } from '../kit/addresses.js';
import { SWAP_MAIN } from '../kit/swap.js';

interface PostChangedProps {
  readonly id: string;
  /** The list that the post stands in, as an address names it. */
  readonly search: string;
  /** Decisions that were on record when the page was made. */
  readonly seen: number;
  /** What has happened since; null while nothing has. */
  readonly words: string | null;
}

/** Says in an open page that the post has changed, and who decided what; fetched once something has. */
export function PostChanged({ id, search, seen, words }: PostChangedProps) {
  const query = new URLSearchParams(search);
  query.set('part', 'changed');
  query.set('seen', String(seen));
  return (
    <p
      id="post-changed"
      class="hint"
      role="status"
      hidden={words === null}
      hx-get={deskPostPath(id, `?${query}`)}
      hx-trigger="changed"
      hx-swap="outerHTML"
    >
      {words ?? CHANGED}{' '}
      <a href={deskPostPath(id, search)} {...SWAP_MAIN}>
        Show it as it is now
      </a>
    </p>
  );
}

const CHANGED = 'This post has changed since you opened it.';

const DONE: Readonly<Record<DecisionKind, string>> = {
  approve: 'Approved',
  reject: 'Rejected',
  revise: 'Sent back',
  edit: 'Edited',
  resume: 'Resumed',
  cancel: 'Cancelled',
  reschedule: 'Moved',
  unpublish: 'Unpublished',
  expire: 'Expired',
};

/** `Rejected by ann: “Off voice.”`: the last decision that counted since so many were seen. */
export function newsWords({ review }: Pick<PostStatus, 'review'>, seen: number): string {
  const last = review.slice(seen).findLast(({ counted }) => counted);
  if (!last) return CHANGED;
  const done = `${DONE[last.decision]} by ${last.by}`;
  return last.note === null ? `${done}.` : `${done}: “${last.note}”`;
}
