import { isFinal } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import type { Person } from '../safety/session.js';
import { Frame, type BarCounts } from '../shared/frame.js';
import { batchPath, plannerWords, posts } from './batch-words.js';

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
    <Frame title="Cancel batch" person={person} counts={counts} place="batches" styles={['rooms.css']}>
      <main id="main" class="room room-narrow">
        <h1>Cancel this batch?</h1>
        <p>
          <strong>{plannerWords(batch.planner)}</strong> of @{batch.account}, batch <code>{batch.id}</code>.{' '}
          {posts(unpublished)} {unpublished === 1 ? 'is' : 'are'} cancelled for good, and nothing more is
          made.
          {published > 0 && ` What is published stays: ${posts(published)}.`} What was paid stays paid.
        </p>
        <form class="form" method="post" action={`${batchPath(batch.id)}/cancel`}>
          <div class="field">
            <label for="reason">
              Reason <span class="quiet">(optional, for the record)</span>
            </label>
            <input id="reason" name="reason" maxlength={500} autocomplete="off" />
          </div>
          <div class="buttons">
            <button type="submit" class="danger-button">
              Cancel batch
            </button>
            <a class="button plain-button" href={batchPath(batch.id)}>
              Keep it
            </a>
          </div>
        </form>
      </main>
    </Frame>
  );
}
