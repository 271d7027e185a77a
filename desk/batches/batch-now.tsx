import type { BatchPost, BatchStatus, StatusError } from '../../contract/status.js';
import type { CostRow, PostSummary } from '../../contract/lists.js';
import {
  hasFailedTarget,
  isAtWork,
  type PostState,
  statesIn,
  stateWords,
  STEP_LABEL,
  TARGET_FAILED,
} from '../../contract/states.js';
import { Chip, StateChip } from '../kit/chip.js';
import { BatchChip, BatchMoney, CountsBar, PlanRows } from './batch-figures.js';
import { mixSize } from '../../contract/mix.js';
import { ActionButtons } from './orders.js';
import { batchPath, countPosts } from './batch-words.js';
import { deskPostPath } from '../kit/addresses.js';
import { SmallPicture } from '../kit/small-picture.js';
import { clockTime, Time } from '../kit/time.js';
import { dollars } from '../../contract/money/nano.js';

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
            <BatchChip batch={batch} /> <Counts batch={batch} state={state} />
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

interface BatchPostsProps {
  readonly posts: readonly BatchPost[];
  /** What the archive has of each: its picture, and when it goes out. */
  readonly summaries: ReadonlyMap<string, Pick<PostSummary, 'hero' | 'slot'>>;
  readonly zone: string;
  readonly now: Date;
}

/** The posts of a batch, each with its picture, its state and where it stands. */
function BatchPostList({ posts, summaries, zone, now }: BatchPostsProps) {
  return (
    <ul class="lines">
      {posts.map((post) => (
        <li id={`post-${post.id}`} class="post-line">
          <SmallPicture
            asset={summaries.get(post.id)?.hero ?? null}
            look="thumbnail"
            side={64}
            none={<span class="thumbnail thumbnail-none" aria-hidden="true"></span>}
          />
          <div class="post-name">
            <a href={deskPostPath(post.id)}>{post.title || `Post ${post.id}`}</a>
            <span class="quiet">
              {stateWords(post.contentFormat)}
              {post.revision > 1 && ` · revision ${post.revision}`}
              {post.gate === 'media' && ' · before its media is paid for'}
              {post.status === 'scheduled' && (
                <GoesOut slot={summaries.get(post.id)?.slot ?? null} zone={zone} now={now} />
              )}
              {isAtWork(post.status) && post.step !== null && ` · ${STEP_LABEL[post.step]}`}
            </span>
            {post.error !== null && <ErrorWords error={post.error} />}
          </div>
          <span class="post-state">
            <StateChip state={post.status} />{' '}
            {hasFailedTarget(post) && <Chip word={TARGET_FAILED} tone="bad" />}
          </span>
          <span class="post-cost number">{dollars(post.costUsd)}</span>
        </li>
      ))}
    </ul>
  );
}

function GoesOut({ slot, zone, now }: { slot: string | null; zone: string; now: Date }) {
  if (slot === null) return <> · takes the next free slot</>;
  return (
    <>
      {' '}
      · goes out <Time iso={slot} text={clockTime(slot, zone, now)} zone={zone} />
    </>
  );
}

/** Why something is blocked or failed, in the provider's words, with what its support asks for. */
function ErrorWords({ error }: { error: StatusError }) {
  return (
    <p class="error-words">
      {error.message}{' '}
      <span class="quiet">
        {error.type}
        {error.requestId !== null && ` · request ${error.requestId}`}
      </span>
    </p>
  );
}
