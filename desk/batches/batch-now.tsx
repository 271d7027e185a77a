import type { CostRow } from '../../contract/lists.js';
import { mixSize } from '../../contract/mix.js';
import { stateWords, type PostState, statesIn } from '../../contract/states.js';
import type { BatchStatus } from '../../contract/status.js';
import { StateChip } from '../kit/chip.js';
import { ActionButtons } from './batch-actions.js';
import { BatchMoney } from './batch-money.js';
import { BatchPostList, ErrorWords, type BatchPostsProps } from './batch-posts.js';
import { batchPath, countPosts } from './batch-words.js';
import { CountsBar } from './counts-bar.js';
import { PlanRows } from './plan-rows.js';

export interface BatchNowProps extends BatchPostsProps {
  readonly batch: BatchStatus;
  readonly canDecide: boolean;
  /** What was really paid for it; null for a sample. */
  readonly paid: CostRow | null;
  /** Posts of one state only; null for all. */
  readonly state: PostState | null;
  /** Addresses of the pages of posts beside this one; null where there is none. */
  readonly before: string | null;
  readonly after: string | null;
}

/** A batch as it stands: the part of its page that is fetched again when it changes. */
export function BatchNow(props: BatchNowProps) {
  const { batch, canDecide, state, zone, now } = props;
  return (
    <>
      <div class="batch-standing">
        <div>
          <p class="standing">
            <StateChip state={batch.status} /> <Counts batch={batch} state={state} />
          </p>
          <CountsBar counts={batch.counts} size={mixSize(batch.mix)} />
          {batch.error !== null && (
            <div class="problem">
              <ErrorWords error={batch.error} />
            </div>
          )}
          {canDecide && <ActionButtons batch={batch} />}
        </div>
        <BatchMoney batch={batch} paid={props.paid} />
      </div>
      <section aria-labelledby="posts-head">
        <h2 id="posts-head">{state === null ? 'Posts' : `Posts: ${stateWords(state)}`}</h2>
        {props.posts.length === 0 ? <NoPosts {...props} /> : <BatchPostList {...props} />}
        {(props.before ?? props.after) !== null && (
          <nav class="pager" aria-label="Pages of posts">
            {props.before !== null && <a href={props.before}>Earlier posts</a>}
            {props.after !== null && <a href={props.after}>More posts</a>}
          </nav>
        )}
      </section>
      {batch.pipeline.length > 0 && (
        <section aria-labelledby="plan-head">
          <h2 id="plan-head">Plan</h2>
          <PlanRows rows={batch.pipeline} zone={zone} now={now} />
        </section>
      )}
    </>
  );
}

/** How many posts are in each state, each a link to these alone. */
function Counts({ batch, state }: { batch: BatchStatus; state: PostState | null }) {
  const path = batchPath(batch.id);
  return (
    <span class="counts">
      {statesIn(batch.counts).map((each) => (
        <a
          href={each === state ? path : `${path}?status=${each}`}
          aria-current={each === state ? 'true' : undefined}
        >
          {batch.counts[each]} {stateWords(each)}
        </a>
      ))}
      {state !== null && <a href={path}>all</a>}
    </span>
  );
}

function NoPosts({ batch, state }: BatchNowProps) {
  if (state !== null) return <p class="empty">No post is {stateWords(state)}.</p>;
  if (batch.status === 'planning')
    return <p class="empty">The planner is choosing {countPosts(mixSize(batch.mix))}.</p>;
  return <p class="empty">No post is planned yet.</p>;
}
