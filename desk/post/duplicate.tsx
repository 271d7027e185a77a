import type { Context } from 'hono';
import { startCopy } from '../../client/duplicate.js';
import { CopydeskError } from '../../contract/errors.js';
import type { PostStatus } from '../../contract/status.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { deskPostPath } from '../kit/addresses.js';
import type { RoomEnv } from '../kit/desk-room.js';
import { Choice, readForm } from '../kit/form.js';
import { SEND_ONCE } from '../kit/swap.js';
import { queueSearch } from '../queue/queue.js';
import { sentence } from './decide.js';
import { backToPost, type DecisionTools } from './decision-routes.js';

interface DuplicateFormProps {
  readonly status: PostStatus;
  readonly search: string;
  readonly handles: readonly string[];
}

/** Copies a post that was published to a new one, which waits for a person, at the same account or another. */
export function DuplicateForm({ status, search, handles }: DuplicateFormProps) {
  return (
    <form
      method="post"
      action={`${deskPostPath(status.id)}/duplicate`}
      class="after"
      aria-label="Duplicate"
      {...SEND_ONCE}
    >
      <input type="hidden" name="list" value={search} />
      <div class="decide-row">
        <span class="joined">
          <button type="submit" class="plain-button">
            Duplicate
          </button>
          <Choice
            id={`copy-${status.id}`}
            name="account"
            label="For which account"
            value={status.account}
            choices={handles.map((handle) => [handle, `for @${handle}`])}
          />
        </span>
      </div>
    </form>
  );
}

export const canDuplicate = ({ status }: PostStatus): boolean =>
  status === 'published' || status === 'unpublished';

/** What that form does: it leads to the list with the copy's batch. */
export async function duplicatePost(
  c: Context<RoomEnv>,
  id: string,
  { deps, reader, notices }: DecisionTools,
): Promise<Response> {
  const post = await reader.post(id);
  const { field } = await readForm(c);
  const account = await deps.accounts.account(field('account'));
  if (!post || !account) return c.notFound();
  try {
    const { batchId, postId } = await startCopy(deps.batches, post, account);
    const title = printableText(post.title, TITLE_LIMIT);
    const text = `Copied “${title}” to ${postId} of @${account.handle}: it waits here in a moment.`;
    const notice = notices.put([{ text, ok: true }]);
    return c.redirect(`/desk${queueSearch({ status: 'queue', batch: batchId }, { notice })}`, 303);
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    const notice = notices.put([{ text: sentence(error.message, id), ok: false }]);
    return backToPost(c, id, field, notice);
  }
}
