import type { PostView } from '../reading/reader.js';
import type { PixelSize } from '../reading/pictures.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import { accountPath, assetPath, deskPostPath, postPath } from '../kit/addresses.js';
import { Masthead, Monogram, PublicPage } from './public-page.js';
import { editedAt } from '../../contract/revision.js';
import { isHashtag } from '../../contract/draft.js';
import { PostOpening, PostText } from './post-article.js';
import { ProblemNote } from '../post/record.js';
import { PostMedia } from './media.js';
import { PublicRecord } from './post-record.js';
import { clockTime } from '../kit/time.js';
import { readersTargets } from '../post/piece.js';
import { isWebAddress } from '../../contract/address.js';
import type { Neighbour } from '../../services/archive/records/records.js';
import type { Account } from '../../contract/account.js';

interface PostPageProps {
  readonly view: PostView;
  readonly neighbours: Pick<NeighbourLinksProps, 'older' | 'newer'>;
  /** Of the hero image. */
  readonly size: PixelSize | null;
  readonly signedIn: boolean;
  /** The desk's address. */
  readonly url: string;
  readonly now: Date;
}

/** The page of one post: what was published and, for those who may see it, the record of how it was made. */
export function PublicPostPage({ view, neighbours, size, signedIn, url, now }: PostPageProps) {
  const { account, status, hero, clip } = view;
  const { handle, name, language } = account;
  const title = printableText(status.title, TITLE_LIMIT);
  const address = `${url}${postPath(handle, status.id)}`;
  return (
    <PublicPage
      account={account}
      title={`${title} · @${handle}`}
      description={printableText(status.caption, TITLE_LIMIT)}
      canonical={address}
      listed={view.isPublic}
      preview={{
        type: 'article',
        url: address,
        siteName: name,
        title,
        image: hero === null ? null : { url: `${url}${assetPath(hero)}`, alt: status.altText, size },
        clip: clip === null ? null : `${url}${assetPath(clip)}`,
        publishedAt: view.publishedAt,
        editedAt: editedAt(status),
        tags: status.hashtags.filter(isHashtag),
      }}
    >
      <Masthead
        account={account}
        back={accountPath(handle)}
        desk={signedIn ? deskPostPath(status.id) : null}
      />
      <main id="main" class="column">
        <article>
          <PostOpening view={view} now={now} />
          {signedIn && <ProblemNote error={status.error} state={status.status} />}
          <PostMedia hero={hero} clip={clip} alt={status.altText} size={size} language={language} />
          <PostText status={status} language={language} />
          <Elsewhere view={view} />
          <MadeWith disclosure={account.disclosure ?? null} models={view.models} />
        </article>
        <NeighbourLinks handle={handle} language={language} {...neighbours} />
        {view.wholeRecord && (
          <PublicRecord view={view} open={signedIn} time={(iso) => clockTime(iso, account.timeZone, now)} />
        )}
      </main>
      <AboutAccount account={account} />
    </PublicPage>
  );
}

/** Where else readers find it: not where programs got it, whose address is on the record alone. */
function Elsewhere({ view: { status, account } }: Pick<PostPageProps, 'view'>) {
  const isForReaders = readersTargets(account);
  const others = status.publications.flatMap(({ target, url, removedAt }) => {
    const isLink = isForReaders(target) && !removedAt && isWebAddress(url);
    return isLink ? [{ target, url }] : [];
  });
  if (others.length === 0) return <></>;
  return (
    <p class="quiet">
      Also on{' '}
      {others.map(({ target, url }, index) => (
        <>
          {index > 0 && ', '}
          <a href={url} rel="noopener noreferrer">
            {target}
          </a>
        </>
      ))}
    </p>
  );
}

/** That a post was made with AI, in the account's words where it has some, and by which models: said once. */
function MadeWith({ disclosure, models }: { disclosure: string | null; models: readonly string[] }) {
  const said = disclosure ?? 'Made with AI';
  return (
    <p class="quiet made">
      {models.length > 0 ? `${said.replace(/[.。]$/u, '')}: ${models.join(', ')}` : said}
    </p>
  );
}

interface NeighbourLinksProps {
  readonly handle: string;
  readonly older: Neighbour | null;
  readonly newer: Neighbour | null;
  readonly language: string;
}

/** The posts of the account before and after this one. */
function NeighbourLinks({ handle, older, newer, language }: NeighbourLinksProps) {
  if (older === null && newer === null) return <></>;
  const link = (post: Neighbour | null, rel: 'prev' | 'next', label: string) =>
    post && (
      <a class={rel} rel={rel} href={postPath(handle, post.postId)}>
        <span class="quiet">{label}</span>{' '}
        <span class="name" lang={language} dir="auto">
          {printableText(post.title, TITLE_LIMIT)}
        </span>
      </a>
    );
  return (
    <nav class="neighbours" aria-label="Previous and next post">
      {link(older, 'prev', 'Previous')}
      {link(newer, 'next', 'Next')}
    </nav>
  );
}

/** Below a post: whose it is. */
function AboutAccount({ account }: { account: Account }) {
  return (
    <footer class="about">
      <Monogram name={account.name} size="large" />
      <div>
        <p class="name">
          <a href={accountPath(account.handle)}>
            <bdi>{account.name}</bdi>
          </a>{' '}
          {account.sample && <span class="mark">sample account</span>}
        </p>
        <p class="quiet" lang={account.language} dir="auto">
          {account.bio}
        </p>
        <p class="quiet">
          <a href="/">All accounts</a>
        </p>
      </div>
    </footer>
  );
}

interface TakenDownPageProps {
  readonly account: Account;
  readonly postId: string;
  readonly signedIn: boolean;
}

/** Where a post was that is no longer public. It shows nothing of the post. */
export function TakenDownPage({ account, postId, signedIn }: TakenDownPageProps) {
  return (
    <PublicPage account={account} title={`Taken down · @${account.handle}`} listed={false}>
      <Masthead
        account={account}
        back={accountPath(account.handle)}
        desk={signedIn ? deskPostPath(postId) : null}
      />
      <main id="main" class="column notice">
        <h1>This post was taken down</h1>
        <p>
          It was published here, and <bdi>{account.name}</bdi> has taken it back.
        </p>
        <p>
          <a href={accountPath(account.handle)}>What else @{account.handle} published</a>
        </p>
      </main>
    </PublicPage>
  );
}
