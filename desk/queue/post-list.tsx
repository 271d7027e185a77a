import { isQueue, type QueuePage, type QueueQuery, queueSearch } from './queue.js';
import { SEND_ONCE, SWAP_MAIN } from '../kit/swap.js';
import type { PostSummary } from '../../contract/lists.js';
import { possibleDecisions } from '../post/decision-bar.js';
import { accentOf, Chip, FormatIcon, StateChip } from '../kit/chip.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { deskPostPath } from '../kit/addresses.js';
import { SmallPicture } from '../kit/small-picture.js';
import { hasFailedTarget, stateWords, TARGET_FAILED } from '../../contract/states.js';
import { ago, clockTime, Time } from '../kit/time.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

export interface PostListProps {
  readonly page: QueuePage;
  readonly query: QueueQuery;
  /** The post that the reader shows; null for none. */
  readonly shown: string | null;
  /** Whether who looks may decide. */
  readonly decides: boolean;
  /** The zone in which the times of an account's posts are written. */
  readonly zoneOf: (handle: string) => string;
  readonly now: Date;
}

/** The rows of a list, which are fetched again when a post has changed, and what several of them are decided with. */
export function PostList(props: PostListProps) {
  const { query, decides } = props;
  const rows = (
    <div
      id="rows"
      hx-get="/desk"
      hx-include="#list-query"
      hx-trigger="sse:post delay:400ms"
      hx-swap="morph:innerHTML"
      hx-disinherit="*"
    >
      <Rows {...props} />
    </div>
  );
  if (!decides) return rows;
  return (
    <form method="post" action="/desk/decide" class="several" aria-label="Several posts" {...SEND_ONCE}>
      <input type="hidden" name="list" value={queueSearch(query)} />
      {rows}
      <div class="several-bar">
        <div class="several-count-row">
          <output class="several-count"></output>
          <button type="button" class="plain-button" data-select="all">
            Select all
          </button>
          <button type="button" class="plain-button" data-select="none">
            Select none
          </button>
        </div>
        <label for="several-note">Note, or why not</label>
        <input id="several-note" name="note" maxlength={TEXT_LIMITS.note} autocomplete="off" />
        <button type="submit" name="decision" value="approve" class="approve">
          Approve selected
        </button>
        <button type="submit" name="decision" value="reject" class="plain-button danger">
          Reject selected
        </button>
      </div>
    </form>
  );
}

const isDecidable = (post: PostSummary): boolean => possibleDecisions(post).has('reject');

/** The part of the list that `?part=list` answers with. */
export function Rows(props: PostListProps) {
  const { page, query } = props;
  return (
    <>
      {page.posts.length === 0 && (
        <p class="quiet empty">
          {emptyWords(query)}
          {isWholeQueue(query) && props.decides && (
            <>
              {' '}
              <a href="/desk/batches/new">Start a batch</a>
            </>
          )}
        </p>
      )}
      <ol class="plain posts">
        {page.posts.map((post, index) => (
          <>
            {isQueue(query) && post.account !== page.posts[index - 1]?.account && (
              <li class="group">
                <span class={`dot ${accentOf(post.account)}`} /> @{post.account}
              </li>
            )}
            <Row post={post} {...props} />
          </>
        ))}
      </ol>
      {page.next !== null && (
        <p class="more">
          <a href={`/desk${queueSearch({ ...query, cursor: page.next })}`}>
            {isQueue(query) ? 'More' : 'Older'}
          </a>
        </p>
      )}
    </>
  );
}

function Row({ post, query, shown, decides, zoneOf, now }: PostListProps & { post: PostSummary }) {
  const title = printableText(post.title, TITLE_LIMIT) || 'Without a title yet';
  const zone = zoneOf(post.account);
  return (
    <li class="row" id={`row-${post.id}`}>
      {decides && isDecidable(post) && (
        <input
          type="checkbox"
          name="post"
          value={`${post.id}:${post.revision}:${post.gate ?? ''}`}
          aria-label={`Select ${title}`}
        />
      )}
      <a
        href={deskPostPath(post.id, queueSearch(query))}
        aria-current={post.id === shown ? 'true' : undefined}
        {...SWAP_MAIN}
      >
        <SmallPicture asset={post.hero} look="thumbnail" side={64} none={<span class="thumbnail" />} />
        <span class="row-text">
          <span class="row-title" dir="auto">
            {title}
          </span>
          <span class="row-facts">
            <span class={`dot ${accentOf(post.account)}`} /> <span class="row-account">@{post.account}</span>
            <FormatIcon format={post.contentFormat} words={stateWords(post.contentFormat)} />
            <Fact post={post} zone={zone} now={now} />
          </span>
          <span class="row-marks">
            {!['awaiting_approval', 'scheduled'].includes(post.status) && <StateChip state={post.status} />}
            {hasFailedTarget(post) && <Chip word={TARGET_FAILED} tone="bad" />}
            {post.gate === 'media' && <span class="chip">before pictures</span>}
            {post.reminded && <span class="chip chip-wait">reminded</span>}
            {post.misses > 0 && (
              <span class="chip chip-bad">{`${post.misses} ${post.misses === 1 ? 'check' : 'checks'} missed`}</span>
            )}
          </span>
        </span>
      </a>
    </li>
  );
}

/** The one time that matters of a post: when it goes out, else for how long it has been as it is. */
function Fact({ post, zone, now }: { post: PostSummary; zone: string; now: Date }) {
  if (post.status === 'scheduled' && post.slot !== null)
    return <Time iso={post.slot} text={clockTime(post.slot, zone, now)} zone={zone} />;
  return <Time iso={post.since} text={ago(post.since, now)} zone={zone} />;
}

const isWholeQueue = (query: QueueQuery): boolean => isQueue(query) && query.q === undefined;

function emptyWords(query: QueueQuery): string {
  if (query.q !== undefined) return 'No post has all of these words.';
  if (isQueue(query)) return 'Nothing waits for you.';
  return query.status === 'any' ? 'No post yet.' : `No post is ${stateWords(query.status)}.`;
}
