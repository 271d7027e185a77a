import type { Account } from '../contract/account.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import type { PublishedPost } from '../services/archive/records/records.js';
import type { Services } from '../services/services.js';
import type { AnswerTask } from './answer.js';
import { MOST_POSTS_OFFERED } from './answer-schema.js';
import { fromBase64 } from './embed.js';
import { followUpIn } from './follow-up.js';
import { inTime } from './spend.js';

/** How many posts a reader is pointed to where there is no answer. */
export const MOST_POSTS_SUGGESTED = 3;

type Archived = Pick<Services, 'archive'>;

/** The posts that a question is about: those last cited where it follows up on them, else those that the search finds. */
export async function findPosts(
  services: Archived,
  task: AnswerTask,
  account: Account,
): Promise<FoundPost[]> {
  const followUp = followUpIn(task.question);
  const cited = followUp === null ? [] : await lastCited(services, task);
  if (followUp === 'whole' && cited.length > 0) return cited;
  const found = await searchPosts(services, task, account, { limit: MOST_POSTS_OFFERED });
  const others = found.filter(({ postId }) => !cited.some((post) => post.postId === postId));
  return [...cited, ...others].slice(0, MOST_POSTS_OFFERED);
}

/** The posts that come nearest to a question that none answers; none where nothing has to do with it, or the archive is away. */
export const nearestPosts = (services: Archived, task: AnswerTask, account: Account): Promise<FoundPost[]> =>
  inTime(searchPosts(services, task, account, { limit: MOST_POSTS_SUGGESTED, isLoose: true })).catch(
    () => [],
  );

/** The newest first. */
export async function newestPosts({ archive }: Archived, { handle }: Account): Promise<FoundPost[]> {
  const posts = await archive.records.listPublishedPosts(handle, { limit: MOST_POSTS_SUGGESTED });
  return posts.map(foundPost);
}

/** Of the posts that the visitor's last answer cited those that are public now. */
async function lastCited({ archive }: Archived, { earlier, before }: AnswerTask): Promise<FoundPost[]> {
  const ids = (earlier.at(-1) ?? before.at(-1))?.citedIds ?? [];
  const posts = await Promise.all(ids.map((id) => archive.records.findPublishedPost(id)));
  return posts.flatMap((post) => (post ? [foundPost(post)] : []));
}

const searchPosts = (
  { archive }: Archived,
  { question, embedding }: AnswerTask,
  { handle, language }: Account,
  how: { readonly limit: number; readonly isLoose?: boolean },
): Promise<FoundPost[]> =>
  archive.postSearch.find({
    ...{ account: handle, language, question, ...how },
    embedding: embedding && { model: embedding.model, vector: fromBase64(embedding.vector) },
  });

const foundPost = ({ edition, publication: { url, at } }: PublishedPost): FoundPost => {
  const { postId, title, body, caption, hashtags, altText } = edition;
  return { postId, title, body, caption, hashtags, altText, url, at };
};
