import { isFinal } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import type { Person } from '../safety/session.js';
import { ConfirmPage } from '../kit/confirm-page.js';
import type { BarCounts } from '../kit/frame.js';
import { batchPath, plannerWords, countPosts } from './batch-words.js';

export interface CancelPageProps {
  readonly batch: BatchStatus;
  readonly person: Person;
  readonly counts: BarCounts;
}

/** `/desk/batches/<id>/cancel`: asks before a batch is cancelled for good. */
export function CancelPage({ batch, person, counts }: CancelPageProps) {
  const unpublished = batch.posts.filter((post) => !isFinal(post.status)).length;
  const published = batch.counts.published ?? 0;
  return (
    <ConfirmPage
      {...{ person, counts }}
      title="Cancel batch"
      place="batches"
      question="Cancel this batch?"
      action={`${batchPath(batch.id)}/cancel`}
      back={batchPath(batch.id)}
      fields={<ReasonField />}
    >
      <p>
        <strong>{plannerWords(batch.planner)}</strong> of @{batch.account}, batch <code>{batch.id}</code>.{' '}
        {countPosts(unpublished)} {unpublished === 1 ? 'is' : 'are'} cancelled for good, and nothing more is
        made.
        {published > 0 && ` What is published stays: ${countPosts(published)}.`} What was paid stays paid.
      </p>
    </ConfirmPage>
  );
}

function ReasonField() {
  return (
    <div class="field">
      <label for="reason">
        Reason <span class="quiet">(optional, for the record)</span>
      </label>
      <input id="reason" name="reason" maxlength={500} autocomplete="off" />
    </div>
  );
}
