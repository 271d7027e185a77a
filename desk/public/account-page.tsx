import type { Account } from '../../contract/account.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import type { PixelSize } from '../reading/pictures.js';
import { accountPath, assetPath, deskAccountPath, olderPath, postPath } from '../kit/addresses.js';
import { AskLink, Monogram, PublicPage, SubscribeMenu } from './public-page.js';
import { mediaOf } from '../reading/reader.js';
import { type PreviewImage } from '../kit/layout.js';
import { sampleWords } from '../../contract/sample-words.js';
import { isTall, PictureFrame } from './media.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { Hashtags } from './post-article.js';
import { clockTime, Time } from '../kit/time.js';

interface PublicAccountPageProps {
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

/** Who an account is. `desk` is its page on the desk, for the signed-in; null for a visitor. */
function AccountHead({ account, desk }: { account: Account; desk: string | null }) {
  return (
    <header class="account-head">
      <Monogram name={account.name} size="large" />
      <h1 dir="auto">{account.name}</h1>
      <p class="quiet">
        @{account.handle} {account.sample && <span class="mark">sample account</span>}
      </p>
      <p class="bio" lang={account.language} dir="auto">
        {account.bio}
      </p>
      <div class="actions">
        <AskLink account={account} />
        <SubscribeMenu handle={account.handle} />
        {desk !== null && <a href={desk}>Open in the desk</a>}
      </div>
    </header>
  );
}

interface PostCardProps {
  readonly post: PublishedPost;
  readonly account: Account;
  /** Of the hero image. */
  readonly size: PixelSize | null;
  /** Whether it is the newest, shown large. */
  readonly leads: boolean;
  readonly now: Date;
}

/** A post on its account's page. The whole card leads to it. */
function PostCard({ post, account, size, leads, now }: PostCardProps) {
  const { edition, publication, status } = post;
  const { hero, clip } = mediaOf(edition.assets);
  const sample = sampleWords(status);
  return (
    <article class={leads ? 'lead' : 'card'}>
      {hero !== null && (
        <div class={isTall(size) ? 'shot tall' : 'shot'}>
          <PictureFrame
            asset={hero}
            alt={edition.altText}
            size={size}
            later={!leads}
            shown={leads ? '(min-width: 44rem) 40rem, 100vw' : '(min-width: 44rem) 22rem, 100vw'}
          />
          {clip !== null && <span class="play" aria-hidden="true"></span>}
        </div>
      )}
      <div class="words">
        <h3 lang={account.language} dir="auto">
          <a href={postPath(account.handle, edition.postId)}>{printableText(edition.title, TITLE_LIMIT)}</a>
        </h3>
        <p class="summary" lang={account.language} dir="auto">
          {edition.caption}
        </p>
        {leads && <Hashtags of={edition.hashtags} language={account.language} />}
        <p class="quiet">
          <Time iso={publication.at} text={clockTime(publication.at, account.timeZone, now)} />
          {clip !== null && ' · video'}
          {sample !== null && ` · ${sample}`}
        </p>
      </div>
    </article>
  );
}
