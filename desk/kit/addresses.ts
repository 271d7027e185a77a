import type { Context } from 'hono';
import { HANDLE_PATTERN } from '../../contract/ids.js';

/** The desk's addresses, as paths. A feed or a link that leaves the desk puts the desk's own address before them. */

export const accountPath = (handle: string): string => `/@${encodeURIComponent(handle)}`;
export const postPath = (handle: string, postId: string): string => `${accountPath(handle)}/posts/${postId}`;
export const chatPath = (handle: string): string => `${accountPath(handle)}/chat`;
/** One question of a conversation, and its answer. */
export const turnPath = (handle: string, chatId: string, turn: number): string =>
  `${chatPath(handle)}/${encodeURIComponent(chatId)}/${turn}`;
export const atomPath = (handle: string): string => `${accountPath(handle)}/feed.xml`;
export const jsonFeedPath = (handle: string): string => `${accountPath(handle)}/feed.json`;
/** `search` names the list that the post stands in, with its question mark. */
export const deskPostPath = (postId: string, search = ''): string => `/desk/posts/${postId}${search}`;
export const deskAccountPath = (handle: string): string => `/desk/accounts/${encodeURIComponent(handle)}`;
export const assetPath = (asset: string): string => `/assets/${asset}`;

/** The widths in which a picture is served beside its own, in pixels: for a row of a list, a card, and most of a page. */
export const SMALL_WIDTHS = [240, 480, 960] as const;
export type SmallWidth = (typeof SMALL_WIDTHS)[number];
export const smallPath = (picture: string, width: SmallWidth): string => `${assetPath(picture)}?w=${width}`;

/** A path that pages on to what is older than a time. */
export const olderPath = (path: string, before: string): string =>
  `${path}?before=${encodeURIComponent(before)}`;

/** The Temporal UI that shows our workflows. */
export interface TemporalUi {
  /** Without a slash at the end. */
  readonly url: string;
  readonly namespace: string;
}

/** The page of a workflow's newest run in the Temporal UI. */
export const runAddress = ({ url, namespace }: TemporalUi, workflowId: string): string =>
  `${url}/namespaces/${encodeURIComponent(namespace)}/workflows/${encodeURIComponent(workflowId)}`;

/** The first part of an account's addresses, `/@<handle>`. */
export const ACCOUNT_ROUTE = '/:at{@[^/]+}';

/** Whether an account can be called so: what comes from an address is asked of no archive before. */
export const isHandle = (text: string): boolean => HANDLE_PATTERN.test(text);

/** The handle in an account's address; null where no account can be called so. */
export function handleOf(c: Context): string | null {
  const handle = (c.req.param('at') ?? '').slice(1);
  return isHandle(handle) ? handle : null;
}
