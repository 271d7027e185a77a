import { randomInt } from 'node:crypto';
import { newId } from '../../contract/ids.js';
import type { Archive } from '../../services/archive/archive.js';
import { batchRecord, recordedEdition, postRecord } from '../../services/archive/sample-records.js';

export interface Words {
  readonly title: string;
  readonly body: string;
  readonly caption?: string;
  /** Of its plan, which no reader sees. */
  readonly rationale?: string;
}

export const drawId = (): string => newId((max) => randomInt(max));

/** Writes posts of an account into the archive, published to its feed unless told otherwise. @returns their ids */
export async function writePosts(
  { records }: Archive,
  account: string,
  posts: readonly (Words & { readonly isPublished?: boolean })[],
): Promise<string[]> {
  const batch = batchRecord(drawId(), account);
  await records.saveBatch(batch);
  const ids: string[] = [];
  for (const { title, body, caption = 'A caption.', rationale = 'evergreen', isPublished = true } of posts) {
    const id = drawId();
    const plan = { topic: 'bread', angle: 'water', rationale, newsPeg: null, button: 'It keeps.' };
    const status = isPublished ? 'published' : 'awaiting_approval';
    const post = postRecord(id, batch, { ...{ title, body, caption, plan, status } });
    await records.savePost(post);
    if (isPublished) {
      const url = `https://desk.example/@${account}/${id}`;
      await records.savePublication(recordedEdition(post), {
        target: 'feed',
        url,
        at: new Date().toISOString(),
      });
    }
    ids.push(id);
  }
  return ids;
}
