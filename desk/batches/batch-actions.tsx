import { isBatchFinal } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import { batchPath, countPosts } from './batch-words.js';

/** What an editor may tell a batch just now; `null` for nothing. */
export interface BatchActions {
  /** How many posts wait for a person. */
  readonly approve: number;
  readonly pause: boolean;
  readonly resume: boolean;
  readonly cancel: boolean;
}

/** The orders that a batch takes in its state. */
export function actionsOf({ status, posts: all }: BatchStatus): BatchActions {
  const isFinal = isBatchFinal(status);
  const has = (state: string): number => all.filter((post) => post.status === state).length;
  return {
    approve: isFinal ? 0 : has('awaiting_approval'),
    pause: status === 'planning' || status === 'running',
    resume: !isFinal && (status === 'paused' || status === 'blocked' || has('blocked') > 0),
    cancel: !isFinal,
  };
}

/** The buttons of a batch. Each posts to an address of its own; cancelling asks on a page first. */
export function ActionButtons({ batch }: { batch: BatchStatus }) {
  const path = batchPath(batch.id);
  const { approve, pause, resume, cancel } = actionsOf(batch);
  return (
    <div class="buttons">
      {approve > 0 && (
        <form id="approve-all" method="post" action={`${path}/approve`}>
          <button type="submit" aria-describedby="approve-all-help">
            Approve all
          </button>
          <span id="approve-all-help" class="quiet">
            {countPosts(approve)} {approve === 1 ? 'waits' : 'wait'}
          </span>
        </form>
      )}
      {resume && (
        <form id="resume" method="post" action={`${path}/resume`}>
          <button type="submit" class={approve > 0 ? 'plain-button' : undefined}>
            Resume
          </button>
        </form>
      )}
      {pause && (
        <form id="pause" method="post" action={`${path}/pause`}>
          <button type="submit" class="plain-button">
            Pause
          </button>
        </form>
      )}
      {cancel && (
        <a id="cancel" class="button plain-button" href={`${path}/cancel`}>
          Cancel batch
        </a>
      )}
    </div>
  );
}
