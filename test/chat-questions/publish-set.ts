import type { Account } from '../../contract/account.js';
import type { Archive } from '../../services/archive/archive.js';
import { batchRecord, recordedEdition, postRecord } from '../../services/archive/sample-records.js';
import type { PostRecord } from '../../services/archive/records/records.js';
import type { ChatSet, HiddenPost, SetPost } from './read-set.js';

const FIRST = Date.parse('2026-08-01T07:00:00.000Z');
const DAY_MS = 24 * 3_600_000;
const BATCH = 'StandTwoSet1';

/** Puts the set into an archive as its workflows would: one post a day, and those that are hidden as they came to be so. */
export async function publishSet(
  archive: Archive,
  account: Account,
  { posts, hidden }: ChatSet,
): Promise<void> {
  const batch = batchRecord(BATCH, account.handle);
  await archive.records.saveBatch({ ...batch, account });
  const record = (post: SetPost, at: string, change: Partial<PostRecord['status']>): PostRecord => {
    const { id, title, body, caption, hashtags, altText, planner } = post;
    const contentFormat = body === null ? 'video' : 'hero_text';
    const words = { title, body, caption, hashtags, altText };
    return postRecord(id, batch, { planner, contentFormat, ...words, createdAt: at, ...change });
  };
  const publish = async (post: SetPost, at: string): Promise<void> => {
    const published = record(post, at, { status: 'published', publishedAt: at });
    await archive.records.savePost(published);
    const url = `http://127.0.0.1:4400/@${account.handle}/posts/${post.id}`;
    await archive.records.savePublication(recordedEdition(published), { target: 'feed', url, at });
  };
  const hide = async (post: HiddenPost, at: string): Promise<void> => {
    if (post.state === 'waiting') {
      await archive.records.savePost(record(post, at, { status: 'awaiting_approval', gate: 'publish' }));
      return;
    }
    await publish(post, at);
    await archive.records.unpublishPost({ postId: post.id, by: 'tess', reason: 'wrong', at });
    await archive.records.saveRemoval(post.id, { target: 'feed', removedAt: at, reason: null });
  };
  const day = (index: number): string => new Date(FIRST + index * DAY_MS).toISOString();
  for (const [index, post] of posts.entries()) await publish(post, day(index));
  for (const [index, post] of hidden.entries()) await hide(post, day(posts.length + index));
}
