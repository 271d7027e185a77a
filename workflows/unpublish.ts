import { setHandler } from '@temporalio/workflow';
import type { Publication } from '../contract/status.js';
import {
  unpublishStatusQuery,
  type Removal,
  type Unpublished,
  type UnpublishInput,
} from '../contract/unpublish.js';
import { records, silenceOf, targets } from './after-publication.js';

/**
 * Takes a published post back. Its page is gone first, once the post's own workflow has written its last record; then each target is
 * asked to delete it. Started again it asks the targets that keep it once more.
 */
export async function unpublish(input: UnpublishInput): Promise<Unpublished> {
  let now: Unpublished | null = null;
  setHandler(unpublishStatusQuery, () => now, {
    description: 'What came of it so far: the state of the post, and which targets are rid of it',
  });
  const order = { ...input, at: new Date().toISOString() };
  const begun = await records.beginUnpublish.executeWithOptions({ summary: 'Take the page away' }, [order]);
  now = begun;
  if (begun.refused !== null) return begun;
  const remove = async (publication: Publication): Promise<void> => {
    const removal = await removalFrom(input.postId, publication);
    const { postId } = input;
    const summary = `record: ${publication.target}`;
    const publications = await records.recordRemoval.executeWithOptions({ summary }, [{ postId, removal }]);
    now = { ...begun, publications: merged(now ?? begun, publications) };
  };
  await Promise.all(begun.publications.filter(({ removedAt }) => removedAt === null).map(remove));
  return now;
}

async function removalFrom(postId: string, publication: Publication): Promise<Removal> {
  const { target } = publication;
  try {
    return await targets.unpublish.executeWithOptions({ summary: `Delete from ${target}` }, [
      { postId, publication },
    ]);
  } catch (error) {
    return { target, removedAt: null, reason: silenceOf(error) };
  }
}

/** Two answers may come in another order than they were written in; what is gone stays gone. */
const merged = ({ publications }: Unpublished, later: readonly Publication[]): readonly Publication[] =>
  publications.map((one) => later.find(({ target, removedAt }) => target === one.target && removedAt) ?? one);
