/** Of an account with fewer posts too little is known of how common a word is: it is taken to have some that lack it. */
const FEWEST_POSTS = 30;

/**
 * How much a word tells of a post, from how many of the account's posts have it: the inverse document frequency of Okapi BM25.
 * A word that no post has weighs as much as one that a single post has.
 */
export function wordWeight(withWord: number, posts: number): number {
  const all = Math.max(posts, FEWEST_POSTS);
  const having = Math.max(withWord, 1);
  return Math.log(1 + (all - having + 0.5) / (having + 0.5));
}
