import { setHandler } from '@temporalio/workflow';
import { editStatusQuery, type Edited, type EditInput } from '../contract/edit.js';
import { records, silenceOf, targets } from './after-publication.js';
import { editPublished } from './edit-published.js';

/**
 * Edits a published post, once its own workflow has written its last record: its page and feeds with the record, then each target
 * that can change what it has. Whatever can't be taken is refused before anything is changed.
 */
export async function edit(input: EditInput): Promise<Edited> {
  let now: Edited | null = null;
  setHandler(editStatusQuery, () => now, { description: 'The revision that its page shows, or why not' });
  const { postId, revision } = input;
  const refuse = (refused: string): Edited => (now = { refused, revision: revision - 1 });
  const at = new Date().toISOString();
  const begun = await records.beginEdit.executeWithOptions({ summary: 'Read what is published' }, [
    { postId, by: input.edit.by },
  ]);
  if (begun.refused !== null) return refuse(begun.refused);
  const plan = editPublished(begun, input, at);
  if (plan.refused !== null) return refuse(plan.refused);
  if (plan.edit === null) return (now = { refused: null, revision: revision - 1 });
  const saved = await records.saveEdit.executeWithOptions({ summary: `Show revision ${revision}` }, [
    plan.edit,
  ]);
  if (!saved) return refuse('the post was taken back meanwhile');
  now = { refused: null, revision };
  const note = (target: string, reason: string | null): Promise<void> =>
    records.recordTargetEdit.executeWithOptions({ summary: `record: ${target}` }, [
      { postId, target, revision, reason },
    ]);
  await Promise.all([
    ...plan.keeping.map(({ target, reason }) => note(target, reason)),
    ...plan.targets.map(async (target) => note(target, await reasonAt(postId, target))),
  ]);
  return now;
}

/** @returns why the target has the text of before; null where it was edited */
async function reasonAt(postId: string, target: string): Promise<string | null> {
  try {
    return await targets.editAtTarget.executeWithOptions({ summary: `Edit at ${target}` }, [
      { postId, target },
    ]);
  } catch (error) {
    return silenceOf(error);
  }
}
