import { isHashtag } from '../../contract/draft.js';
import { isWebAddress } from '../../contract/web-address.js';
import type { PixelSize } from '../reading/pictures.js';
import type { PostView } from '../reading/reader.js';
import { readersTargets } from '../post/piece.js';
import { ProblemNote } from '../post/record.js';
import { printableText, TITLE_LIMIT } from '../safety/printable.js';
import { accountPath, assetPath, deskPostPath, postPath } from '../kit/addresses.js';
import { clockTime } from '../kit/time.js';
import { AboutAccount } from './about-account.js';
import { Masthead } from './masthead.js';
import { NeighbourLinks, type NeighbourLinksProps } from './neighbour-links.js';
import { PostMedia } from './post-media.js';
import { PostOpening } from './post-opening.js';
import { PublicRecord } from './post-record.js';
import { PostText } from './post-text.js';
import { PublicPage } from './public-page.js';

export interface PostPageProps {
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
