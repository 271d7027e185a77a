import type { Person } from '../http/session.js';
import { type BarCounts, type BarPlace, Frame, OfflineBanner } from '../kit/frame.js';
import { PostList, type PostListProps } from './post-list.js';
import { PostReader, type PostReaderProps } from '../post/post-reader.js';
import type { Notice } from '../kit/said.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { type QueueQuery, queueSearch, STATUS_CHOICES } from './queue.js';
import { stateWords } from '../../contract/states.js';
import { SEND_ONCE } from '../kit/swap.js';

export interface DeskPageProps {
  readonly person: Person;
  readonly counts: BarCounts;
  readonly list: PostListProps;
  /** The post that is read; null where the list is empty. */
  readonly post: PostReaderProps | null;
  /** Whether the address names the post, so that a narrow window shows it and not the list. */
  readonly isOfPost: boolean;
  readonly notice: Notice | null;
}

/** The desk: a list of posts, and the one that is read beside it. A narrow window shows either. */
export function DeskPage({ person, counts, list, post, isOfPost, notice }: DeskPageProps) {
  const { query } = list;
  const title = listTitle(query);
  const Title = isOfPost ? 'h2' : 'h1';
  const offline = list.page.posts.some((each) => each.offline) || post?.view.status.offline === true;
  return (
    <Frame
      title={isOfPost && post ? printableText(post.view.status.title, TITLE_LIMIT) : title}
      person={person}
      counts={counts}
      place={placeOf(query)}
      account={query.account}
      zone={post?.view.account.timeZone}
    >
      <main id="main" class={isOfPost ? 'panes of-post' : 'panes'}>
        <div class="list-pane">
          <Title class="list-title">{title}</Title>
          <ListFilter query={query} accounts={counts.accounts ?? []} />
          {list.decides && <ApproveAll list={list} />}
          <div id="list-query" hidden>
            <ListQuery query={query} shown={list.shown} />
          </div>
          <PostList {...list} />
        </div>
        <div class="reader-pane">
          {offline && <OfflineBanner />}
          <div id="notice" role="status">
            {notice && <NoticeLines notice={notice} />}
          </div>
          {post ? <PostReader {...post} /> : <p class="quiet empty">There is nothing to read here.</p>}
        </div>
      </main>
      <KeysHelp />
    </Frame>
  );
}

const TITLES: Readonly<Record<string, string>> = { queue: 'Queue', any: 'Posts' };

function listTitle({ status }: QueueQuery): string {
  const words = TITLES[status] ?? stateWords(status);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}

const PLACES: Readonly<Record<string, BarPlace>> = {
  queue: 'queue',
  blocked: 'blocked',
  scheduled: 'scheduled',
  published: 'published',
};
export const placeOf = ({ status }: QueueQuery): BarPlace | null => PLACES[status] ?? null;

/** What the rows are fetched again with. */
function ListQuery({ query, shown }: { query: QueueQuery; shown: string | null }) {
  const { account, batch, q, cursor, status } = query;
  const fields = { part: 'list', status, account, batch, q, cursor, shown: shown ?? undefined };
  return (
    <>
      {Object.entries(fields).map(
        ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
      )}
    </>
  );
}

/** Of one batch, everything that waits is approved at once. */
function ApproveAll({ list: { query, page } }: { list: PostListProps }) {
  const waiting = page.posts.filter(({ status }) => status === 'awaiting_approval').length;
  if (query.batch === undefined || waiting === 0) return <></>;
  return (
    <form method="post" action="/desk/approve-all" class="approve-all" {...SEND_ONCE}>
      <input type="hidden" name="batch" value={query.batch} />
      <input type="hidden" name="list" value={queueSearch(query)} />
      <button type="submit">Approve all</button> <span class="quiet">that wait in this batch</span>
    </form>
  );
}

function NoticeLines({ notice }: { notice: Notice }) {
  return (
    <ul class="plain notice">
      {notice.lines.map(({ text, ok }) => (
        <li class={ok ? 'done' : 'not-done'}>{text}</li>
      ))}
    </ul>
  );
}

const KEYS: readonly (readonly [string, string])[] = [
  ['j', 'next post'],
  ['k', 'previous post'],
  ['a', 'Approve'],
  ['r', 'Reject: write why, then Ctrl+Enter'],
  ['v', 'Revise: write what to change, then Ctrl+Enter'],
  ['e', 'Edit'],
  ['?', 'this help'],
];

/** Opened by the key `?`, and by the link beside the list. */
function KeysHelp() {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keys</h2>
      <dl>
        {KEYS.map(([key, words]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{words}</dd>
          </>
        ))}
      </dl>
      <form method="dialog">
        <button class="plain-button">Close</button>
      </form>
    </dialog>
  );
}

/** Which posts the list shows: words, a state, an account, and the batch that a link named. */
export function ListFilter({ query, accounts }: { query: QueueQuery; accounts: readonly string[] }) {
  const { status, account, batch, q } = query;
  const known = account === undefined || accounts.includes(account) ? accounts : [...accounts, account];
  return (
    <form method="get" action="/desk" class="filter" role="search" aria-label="Posts">
      <div class="filter-words">
        <label class="hidden-text" for="q">
          Words in title, text or planner
        </label>
        <input id="q" name="q" type="search" value={q ?? ''} placeholder="Search" maxlength={200} />
        <button type="submit" class="plain-button">
          Search
        </button>
      </div>
      <div class="filter-choices">
        <label class="hidden-text" for="status">
          State
        </label>
        <select id="status" name="status">
          {STATUS_CHOICES.map((choice) => (
            <option value={choice.status} selected={choice.status === status}>
              {choice.words}
            </option>
          ))}
        </select>
        <label class="hidden-text" for="account">
          Account
        </label>
        <select id="account" name="account">
          <option value="">all accounts</option>
          {known.map((handle) => (
            <option value={handle} selected={handle === account}>
              @{handle}
            </option>
          ))}
        </select>
      </div>
      {batch !== undefined && (
        <p class="quiet">
          <input type="hidden" name="batch" value={batch} />
          Batch <a href={`/desk/batches/${batch}`}>{batch}</a> only ·{' '}
          <a href={`/desk${queueSearch({ ...query, batch: undefined, cursor: undefined, status: 'queue' })}`}>
            all batches
          </a>
        </p>
      )}
    </form>
  );
}
