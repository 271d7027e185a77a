import { accountPath, assetPath, atomPath, jsonFeedPath, postPath } from '../addresses.js';
import { stateWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { captionWithHashtags, paragraphs } from '../post-text.js';
import { printableText, TITLE_LIMIT } from '../printable.js';
import type { PostView } from '../reader.js';
import { ago, clockTime } from '../times.js';
import { Layout, OfflineMark, Time } from './layout.js';
import { billedWords } from './billed-words.js';
import { ChatReferences } from './chat-references.js';
import { ChecksSection } from './checks-section.js';
import { PipelineSection } from './pipeline-section.js';
import { PlanSection } from './plan-section.js';
import { Problem } from './problem.js';
import { ReviewSection } from './review-section.js';

export interface PostPageProps {
  readonly view: PostView;
  /** The desk's address. */
  readonly url: string;
  readonly now: Date;
}

/** The page of one post: what was published and, for those who may see it, the record of how it was made. */
export function PostPage({ view, url, now }: PostPageProps) {
  const { account, status, hero, clip, wholeRecord } = view;
  const { handle, name } = account;
  const title = printableText(status.title, TITLE_LIMIT);
  const time = (iso: string): string => clockTime(iso, account.timeZone, now);
  return (
    <Layout
      title={`${title} · @${handle}`}
      description={printableText(status.caption, TITLE_LIMIT)}
      canonical={`${url}${postPath(handle, status.id)}`}
      feeds={{ title: name, atom: atomPath(handle), json: jsonFeedPath(handle) }}
      listed={view.isPublic}
      {...(hero ? { image: `${url}${assetPath(hero)}` } : {})}
    >
      <header class="top">
        <nav aria-label="Back to the account">
          <a href={accountPath(handle)}>← @{handle}</a>
        </nav>
      </header>
      <main id="main">
        <article>
          <h1 lang={account.language}>{title}</h1>
          <Headline view={view} now={now} time={time} />
          <Media clip={clip} hero={hero} altText={status.altText} />
          {wholeRecord && <Problem error={status.error} state={status.status} />}
          {wholeRecord && <PlanSection status={status} language={account.language} />}
          {status.body !== null && (
            <section>
              <h2>Body</h2>
              <div class="prose" lang={account.language}>
                {paragraphs(status.body).map((text) => (
                  <p>{text}</p>
                ))}
              </div>
            </section>
          )}
          <section>
            <h2>Caption</h2>
            <p class="prose" lang={account.language}>
              {captionWithHashtags(status)}
            </p>
          </section>
          {wholeRecord && isWorthShowing(view) && <ChecksSection checks={status.checks} />}
          {wholeRecord && <PipelineSection status={status} time={time} />}
          {wholeRecord && <ReviewSection review={status.review} time={time} />}
          {wholeRecord && <ChatReferences turns={view.turns} time={time} />}
          {!wholeRecord && <MadeWith models={view.models} />}
        </article>
      </main>
    </Layout>
  );
}

/** Once a post is out, checks that all hold tell nobody anything. */
const isWorthShowing = ({ status, isPublic }: PostView): boolean =>
  isPublic ? status.checks.some((check) => !check.ok) : status.checks.length > 0;

/** `published · May 11, 3:18 PM · $0.06 total · published 48d ago`; a visitor of a desk record is told no state or cost. */
function Headline({ view, now, time }: { view: PostView; now: Date; time: (iso: string) => string }) {
  const { status, publishedAt, wholeRecord } = view;
  const at = publishedAt ?? status.createdAt;
  const since = `${publishedAt ? 'published' : 'started'} ${ago(at, now)}`;
  const unknown = status.unknownUsd > 0 ? ` · ${dollars(status.unknownUsd)} more of unknown outcome` : '';
  const billed = billedWords(status);
  return (
    <p class="quiet">
      {wholeRecord && `${view.isPublic ? 'published' : stateWords(status.status)} · `}
      <Time iso={at} text={time(at)} />
      {wholeRecord && ` · ${dollars(status.costUsd)} total${unknown}${billed === null ? '' : ` · ${billed}`}`}
      {` · ${since}`} {status.offline && <OfflineMark of={status} />}
    </p>
  );
}

function Media({ hero, clip, altText }: { hero: string | null; clip: string | null; altText: string }) {
  if (clip) {
    return (
      <video
        class="media"
        controls
        playsinline
        preload="metadata"
        src={assetPath(clip)}
        poster={hero ? assetPath(hero) : undefined}
        aria-label={altText}
      />
    );
  }
  return hero ? <img class="media" src={assetPath(hero)} alt={altText} /> : <></>;
}

function MadeWith({ models }: { models: readonly string[] }) {
  return <p class="quiet">{models.length > 0 ? `Made with AI: ${models.join(', ')}` : 'Made with AI'}</p>;
}
