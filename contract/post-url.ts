/**
 * The address of a post's own page, as readers reach it.
 *
 * @param deskUrl where people reach the desk, without a slash at the end.
 */
export const postUrl = (deskUrl: string, account: string, postId: string): string =>
  `${deskUrl}/@${account}/posts/${postId}`;
