import { POST_STATES, type PostState } from '../../contract/states.js';
import type { BatchPost } from '../../contract/status.js';

/** As many posts as a page of a batch shows. */
export const WINDOW = 100;

/** Which posts of a batch a page shows. */
export interface Window {
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
  const query = new URLSearchParams({
    ...(state !== null && { status: state }),
    ...(from > 0 && { from: String(from) }),
    ...(part !== undefined && { part }),
  });
  return query.size > 0 ? `?${query}` : '';
}

export interface SeenPosts {
  readonly posts: readonly BatchPost[];
  /** The windows beside this one; null where there is nothing. */
  readonly before: Window | null;
  readonly after: Window | null;
}

/** The posts of a batch that a window shows. */
export function postsShown(all: readonly BatchPost[], { state, from }: Window): SeenPosts {
  const matching = state === null ? all : all.filter((post) => post.status === state);
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
