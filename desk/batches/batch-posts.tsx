import { ASSET_PATTERN } from '../../contract/ids.js';
import type { PostSummary } from '../../contract/lists.js';
import { dollars } from '../../contract/money/nano.js';
import { isAtWork, STEP_LABEL, stateWords } from '../../contract/states.js';
import type { BatchPost, StatusError } from '../../contract/status.js';
import { deskPostPath, smallPath } from '../kit/addresses.js';
import { StateChip } from '../kit/chip.js';
import { clockTime, Time } from '../kit/time.js';

export interface BatchPostsProps {
  readonly posts: readonly BatchPost[];
  /** What the archive has of each: its picture, and when it goes out. */
  readonly summaries: ReadonlyMap<string, Pick<PostSummary, 'hero' | 'slot'>>;
  readonly zone: string;
  readonly now: Date;
}

/** The posts of a batch, each with its picture, its state and where it stands. */
export function BatchPostList({ posts, summaries, zone, now }: BatchPostsProps) {
  return (
    <ul class="lines">
      {posts.map((post) => (
        <li id={`post-${post.id}`} class="post-line">
          <Thumbnail asset={summaries.get(post.id)?.hero ?? null} />
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
            <StateChip state={post.status} />
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

/** Of a picture that a page may name; the post's page has its alt text. */
function Thumbnail({ asset }: { asset: string | null }) {
  if (asset === null || !ASSET_PATTERN.test(asset))
    return <span class="thumbnail thumbnail-none" aria-hidden="true"></span>;
  return (
    <img
      class="thumbnail"
      src={smallPath(asset, 240)}
      alt=""
      width="64"
      height="64"
      loading="lazy"
      decoding="async"
    />
  );
}

/** Why something is blocked or failed, in the provider's words, with what its support asks for. */
export function ErrorWords({ error }: { error: StatusError }) {
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
