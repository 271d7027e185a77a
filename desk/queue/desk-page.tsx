import type { Person } from '../http/session.js';
import { type BarCounts, Frame, isBarPlace, OfflineBanner } from '../kit/frame.js';
import { PostList, type PostListProps } from './post-list.js';
import { PostReader, type PostReaderProps } from '../post/post-reader.js';
import { CopyAddress, type Notice } from '../kit/said.js';
import { stateWords } from '../../contract/states.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { batchPath } from '../batches/batch-words.js';
import { type QueueQuery, queueSearch, STATUS_CHOICES } from './queue.js';
import { Choice } from '../kit/form.js';

interface DeskPageProps {
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
  const { query, page } = list;
  const { status, account, batch, q, cursor } = query;
  const words = TITLES[status] ?? stateWords(status);
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  const Title = isOfPost ? 'h2' : 'h1';
  const offline = page.posts.some((each) => each.offline) || post?.view.status.offline;
  const waiting = page.posts.filter((each) => each.status === 'awaiting_approval').length;
  const again = { part: 'list', status, account, batch, q, cursor, shown: list.shown ?? undefined };
  return (
    <Frame
      title={isOfPost && post ? printableText(post.view.status.title, TITLE_LIMIT) : title}
      person={person}
      counts={counts}
      place={isBarPlace(status) ? status : null}
      account={account}
      zone={post?.view.account.timeZone}
    >
      <main id="main" class={isOfPost ? 'panes of-post' : 'panes'}>
        <div class="list-pane">
          <Title class="list-title">{title}</Title>
          <ListFilter query={query} accounts={counts.accounts} />
          <KeysHint />
          {/* Of one batch, everything that waits is approved at once. */}
          {list.decides && batch !== undefined && waiting > 0 && (
            <form method="get" action={`${batchPath(batch)}/approve`} class="approve-all">
              <button type="submit" class="approve">
                Approve all
              </button>{' '}
              <span class="quiet">that wait in this batch</span>
            </form>
          )}
          {/* What the rows are fetched again with. */}
          <div id="list-query" hidden>
            {Object.entries(again).map(
              ([name, value]) => value !== undefined && <input type="hidden" name={name} value={value} />,
            )}
          </div>
          <PostList {...list} />
        </div>
        <div class="reader-pane">
          {offline && <OfflineBanner />}
          <div id="notice" role="status">
            {notice && (
              <ul class="plain notice">
                {notice.lines.map(({ text, ok, address }) => (
                  <li class={ok ? 'done' : 'not-done'}>
                    {text}
                    {address !== undefined && <CopyAddress address={address} />}
                  </li>
                ))}
              </ul>
            )}
          </div>
          {post ? (
            <PostReader {...post} heading={isOfPost ? 'h1' : 'h2'} />
          ) : (
            <p class="quiet empty">There is nothing to read here.</p>
          )}
        </div>
      </main>
      <KeysHelp />
    </Frame>
  );
}

const TITLES: Readonly<Record<string, string>> = { queue: 'Queue', any: 'Posts' };

const KEYS: readonly (readonly [string, string])[] = [
  ['j', 'next post'],
  ['k', 'previous post'],
  ['a', 'Approve'],
  ['r', 'Reject: write why, then Ctrl+Enter'],
  ['v', 'Revise: write what to change, then Ctrl+Enter'],
  ['e', 'Edit'],
  ['x', 'select; with posts selected, a and r are for all of them'],
  ['Shift+j', 'select on to the next, Shift+k to the previous'],
  ['/', 'search'],
  ['Ctrl+K', 'go to any page, account, batch, post or action'],
  ['Esc', 'leave a field, or select nothing'],
  ['?', 'this help'],
];

/** Says that there are keys, where there is a keyboard. */
function KeysHint() {
  return (
    <p class="keys-hint">
      <button type="button" class="plain-button" data-opens="keys">
        <kbd>?</kbd> Keys
      </button>
      <button type="button" class="plain-button" data-opens="palette">
        <kbd>Ctrl K</kbd> Go anywhere
      </button>
    </p>
  );
}

/** Opened by the key `?`, and by the hint above the list. */
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
function ListFilter({ query, accounts }: { query: QueueQuery; accounts: readonly string[] }) {
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
        <Choice id="status" name="status" label="State" value={status} choices={STATUS_CHOICES} />
        <Choice
          id="account"
          name="account"
          label="Account"
          value={account}
          choices={[['', 'all accounts'], ...known.map((handle) => [handle, `@${handle}`] as const)]}
        />
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
