import type { Account } from '../../contract/account.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import type { PixelSize } from '../reading/pictures.js';
import { mediaOf } from '../reading/reader.js';
import { accountPath, assetPath, deskAccountPath, olderPath } from '../kit/addresses.js';
import type { PreviewImage } from '../kit/layout.js';
import { AccountHead } from './account-head.js';
import { PostCard } from './post-card.js';
import { PublicPage } from './public-page.js';

export interface PublicAccountPageProps {
  readonly account: Account;
  readonly posts: readonly PublishedPost[];
  /** Of their hero images, by asset name, as far as they are known. */
  readonly sizes: ReadonlyMap<string, PixelSize>;
  /** The time before which older posts begin; null where there are none. */
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly signedIn: boolean;
  /** The desk's address. */
  readonly url: string;
  readonly now: Date;
}

/** An account's public page: who it is, and what it published. The newest post leads. */
export function PublicAccountPage(props: PublicAccountPageProps) {
  const { account, posts, sizes, next, isFirst, signedIn, url, now } = props;
  const { handle, name, bio } = account;
  const home = accountPath(handle);
  const [lead, others] = isFirst ? [posts[0], posts.slice(1)] : [undefined, posts];
  const card = (post: PublishedPost, leads = false) => (
    <PostCard post={post} account={account} size={sizeOf(post, sizes)} leads={leads} now={now} />
  );
  return (
    <PublicPage
      account={account}
      title={`${name} (@${handle})`}
      description={bio}
      canonical={`${url}${home}`}
      preview={{
        type: 'profile',
        url: `${url}${home}`,
        siteName: name,
        title: name,
        image: posts[0] ? previewImage(posts[0], sizes, url) : null,
      }}
    >
      <AccountHead account={account} desk={signedIn ? deskAccountPath(handle) : null} />
      <main id="main" class="wide">
        <h2 class="hidden-text">Posts</h2>
        {posts.length === 0 && <p class="empty">{isFirst ? 'Nothing published yet.' : 'Nothing older.'}</p>}
        {lead && card(lead, true)}
        {others.length > 0 && <div class="cards">{others.map((post) => card(post))}</div>}
      </main>
      {(next !== null || !isFirst) && (
        <nav class="pager wide" aria-label="Pages">
          {!isFirst && <a href={home}>Newest posts</a>}
          {next !== null && (
            <a rel="next" href={olderPath(home, next)}>
              Older posts
            </a>
          )}
        </nav>
      )}
      <footer class="wide foot">
        <a href="/">All accounts</a>
      </footer>
    </PublicPage>
  );
}

function sizeOf({ edition }: PublishedPost, sizes: PublicAccountPageProps['sizes']): PixelSize | null {
  const { hero } = mediaOf(edition.assets);
  return (hero !== null && sizes.get(hero)) || null;
}

function previewImage(
  post: PublishedPost,
  sizes: PublicAccountPageProps['sizes'],
  url: string,
): PreviewImage | null {
  const { hero } = mediaOf(post.edition.assets);
  if (hero === null) return null;
  return { url: `${url}${assetPath(hero)}`, alt: post.edition.altText, size: sizeOf(post, sizes) };
}
