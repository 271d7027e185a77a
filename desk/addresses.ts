/** The desk's addresses, as paths. A feed or a link that leaves the desk puts the desk's own address before them. */

export const accountPath = (handle: string): string => `/@${encodeURIComponent(handle)}`;
export const postPath = (handle: string, postId: string): string => `${accountPath(handle)}/posts/${postId}`;
export const atomPath = (handle: string): string => `${accountPath(handle)}/feed.xml`;
export const jsonFeedPath = (handle: string): string => `${accountPath(handle)}/feed.json`;
export const assetPath = (asset: string): string => `/assets/${asset}`;

/** A path that pages on to what is older than a time. */
export const olderPath = (path: string, before: string): string =>
  `${path}?before=${encodeURIComponent(before)}`;

/** An address that a page may link to; null for anything but http and https, such as `javascript:`. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  return ['http:', 'https:'].includes(new URL(text).protocol) ? text : null;
}
