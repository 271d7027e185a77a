import type { Account } from '../../contract/account.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { accountPath, assetPath, atomPath, jsonFeedPath, olderPath, postPath } from '../addresses.js';
import { captionWithHashtags } from '../post-text.js';
import { printableText, TITLE_LIMIT } from '../printable.js';
import { mediaOf } from '../reader.js';
import { clockTime } from '../times.js';
import { Layout, OfflineMark, Time } from './layout.js';

export interface AccountPageProps {
  readonly account: Account;
  readonly posts: readonly PublishedPost[];
  /** The time before which older posts begin; null where there are none. */
  readonly next: string | null;
  readonly isFirst: boolean;
  /** The desk's address. */
  readonly url: string;
  readonly now: Date;
}

/** An account's public page: who it is, and what it published. */
export function AccountPage({ account, posts, next, isFirst, url, now }: AccountPageProps) {
  const { handle, name, bio } = account;
  const home = accountPath(handle);
  return (
    <Layout
      title={`${name} (@${handle})`}
      description={bio}
      canonical={`${url}${home}`}
      feeds={{ title: name, atom: atomPath(handle), json: jsonFeedPath(handle) }}
    >
      <header class="top">
        <h1>{name}</h1>
        <p class="quiet">
          @{handle} {account.sample && <span class="mark">sample account</span>}
        </p>
        <p>{bio}</p>
        <p class="links">
          <a href={atomPath(handle)}>Atom feed</a> <a href={jsonFeedPath(handle)}>JSON feed</a>
        </p>
      </header>
      <main id="main">
        {posts.length === 0 && <p class="quiet">{isFirst ? 'Nothing published yet.' : 'Nothing older.'}</p>}
        {posts.map((post) => (
          <PostCard post={post} account={account} now={now} />
        ))}
      </main>
      {(next !== null || !isFirst) && (
        <nav class="pager" aria-label="Pages">
          {!isFirst && <a href={home}>Newest posts</a>}
          {next !== null && (
            <a rel="next" href={olderPath(home, next)}>
              Older posts
            </a>
          )}
        </nav>
      )}
    </Layout>
  );
}

function PostCard({ post, account, now }: { post: PublishedPost; account: Account; now: Date }) {
  const { edition, publication, status } = post;
  const { hero, clip } = mediaOf(edition.assets);
  const address = postPath(account.handle, edition.postId);
  return (
    <article class="card">
      {hero && <img src={assetPath(hero)} alt={edition.altText} loading="lazy" />}
      <div lang={account.language}>
        <h2>
          <a href={address}>{printableText(edition.title, TITLE_LIMIT)}</a>
        </h2>
        <p class="prose">{captionWithHashtags(edition)}</p>
        <p class="quiet" lang="en">
          <Time iso={publication.at} text={clockTime(publication.at, account.timeZone, now)} />
          {clip && ' · video'} {status.offline && <OfflineMark of={status} />}
        </p>
      </div>
    </article>
  );
}
