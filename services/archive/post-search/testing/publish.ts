import { randomInt } from 'node:crypto';
import { newId } from '../../../../contract/ids.js';
import type { PostStatus } from '../../../../contract/status.js';
import type { Archive } from '../../archive.js';
import { batchRecord, recordedEdition, postRecord } from '../../sample-records.js';

const id = (): string => newId(randomInt);

/** Publishes a post of an account to a target. What it says beside its title is nothing, unless told otherwise. @returns its id */
export async function publish(
  archive: Archive,
  account: string,
  change: Partial<PostStatus>,
  { target = 'feed', at = '2026-11-24T10:00:00.000Z' } = {},
): Promise<string> {
  const said = { title: '', body: null, caption: '', hashtags: [], altText: '' };
  const post = postRecord(id(), batchRecord(id(), account), { status: 'published', ...said, ...change });
  const url = `https://desk.example/${post.status.id}`;
  await archive.records.savePost(post);
  await archive.records.savePublication(recordedEdition(post), { target, url, at });
  return post.status.id;
}
