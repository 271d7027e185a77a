import {
  EDIT_WORKFLOW,
  editStatusQuery,
  editWorkflowId,
  type Edited,
  type EditInput,
} from '../contract/edit.js';
import type { Edit, ReviewResult } from '../contract/messages.js';
import type { Calls } from './calls.js';
import { RefusedError } from './errors.js';
import { runShortly } from './run-shortly.js';
import { readTemporalFailure } from './temporal-failure.js';
import { refusedFor } from './unpublish.js';

/** Starts the workflow that edits a published post, and waits until its page is edited. @throws RefusedError */
export async function runEdit(
  calls: Calls,
  { id, revision: present }: { readonly id: string; readonly revision: number },
  edit: Edit,
): Promise<ReviewResult> {
  const revision = (edit.revision ?? present) + 1;
  try {
    const { refused, revision: made } = await runShortly<EditInput, Edited>(calls, {
      type: EDIT_WORKFLOW,
      id: editWorkflowId(id, revision),
      input: { postId: id, revision, edit },
      summary: `Edit post ${id}`,
      status: editStatusQuery,
      whileRunning: 'FAIL',
    });
    if (refused !== null) throw refusedFor(id, refused);
    return { status: 'published', revision: made };
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    if (readTemporalFailure(error) === 'used') throw refusedFor(id, 'another edit of it came first');
    throw calls.explained(`editing post ${id}`, error);
  }
}
