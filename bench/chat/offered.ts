import type { Archive } from '../../services/archive/archive.js';
import type { PostQuestion } from '../../services/archive/post-search/post-search.js';
import { SET_ACCOUNT } from '../../test/chat-questions/read-set.js';

/** How many posts a chat is offered. */
export const OFFERED = 6;

/** The ids of the posts that a question is answered from. */
export async function offeredFor(
  archive: Archive,
  question: string,
  embedding: PostQuestion['embedding'] = null,
): Promise<string[]> {
  const found = await archive.postSearch.find({
    account: SET_ACCOUNT,
    language: 'en',
    question,
    embedding,
    limit: OFFERED,
  });
  return found.map(({ postId }) => postId);
}
