/** Ids of batches, posts and chats, the workflow ids made from them, and the names of accounts and assets. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 12;

/** What an id looks like: 12 characters of `A-Za-z0-9`, such as `UpkTZ26nc9Eb`. */
export const ID_PATTERN = /^[A-Za-z0-9]{12}$/;

/**
 * Draws a new id.
 *
 * @param randomInt an even draw of an integer from 0 up to, not including, `max`; `crypto.randomInt` in Node.
 *   Passed in, since workflow code loads this file and must not load Node.
 */
export function newId(randomInt: (max: number) => number): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

export const batchWorkflowId = (batchId: string): string => `batch/${batchId}`;
export const postWorkflowId = (postId: string): string => `post/${postId}`;

export const chatWorkflowId = (chatId: string): string => `chat/${chatId}`;

/** What an account is called: the name of its file without `.yaml`. */
export const HANDLE_PATTERN = /^[a-z0-9_]{1,30}$/;

/** What a stored file is: the still picture of a post, or its clip. */
export type AssetKind = 'hero' | 'video';

const EXTENSION: Record<AssetKind, string> = { hero: 'png', video: 'mp4' };

/** The name of the n-th stored file of a kind: `<postId>_hero.png`, then `<postId>_hero_2.png`. `n` starts at 1. */
export function assetName(postId: string, kind: AssetKind, n: number): string {
  return `${postId}_${kind}${n > 1 ? `_${n}` : ''}.${EXTENSION[kind]}`;
}

/** Which stored file of its kind a post's asset is, from 1; null for a name that is no such asset of this post. */
export function assetNumber(name: string, postId: string, kind: AssetKind): number | null {
  if (!name.startsWith(`${postId}_${kind}`)) return null;
  const number = Number(/_([0-9]{1,4})\.[a-z0-9]+$/.exec(name)?.[1] ?? 1);
  return name === assetName(postId, kind, number) ? number : null;
}

/** What an asset's name looks like; anything else is never looked for in a store. */
export const ASSET_PATTERN = /^[A-Za-z0-9]{12}_(?:hero(?:_[0-9]{1,4})?\.png|video(?:_[0-9]{1,4})?\.mp4)$/;
