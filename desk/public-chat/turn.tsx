import { pageWords } from './page-words.js';
import type { ShownTurn } from './shown-turns.js';
import type { Account } from '../../contract/account.js';
import { Masthead, Monogram, PublicPage } from '../public/public-page.js';
import { clockTime, Time } from '../kit/time.js';
import { OfflineMark } from '../kit/layout.js';
import { paragraphs } from '../kit/post-text.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { mediaOf } from '../reading/reader.js';
import { accountPath, postPath, smallPath } from '../kit/addresses.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';

interface TurnProps {
  readonly shown: ShownTurn;
  readonly account: Account;
  /** Whether the one who asked is the reader of the page. */
  readonly isOwn: boolean;
  readonly now: Date;
}

/** One question with its answer and the posts that the answer rests on. */
export function TurnView({ shown: { turn, posts, offered }, account, isOwn, now }: TurnProps) {
  const { handle, name, language } = account;
  const words = pageWords(language);
  const { outcome } = turn;
  const suggestion = outcome === 'hosted' ? words.newest : words.nearest;
  return (
    <article class="turn" id={`turn-${turn.turn}`}>
      <div class="question">
        <h2 class="who">{isOwn ? words.youAsked : words.readerAsked}</h2>
        <p dir="auto">{turn.question}</p>
      </div>
      <div class={outcome === 'answered' || outcome === 'hosted' ? 'answer' : 'answer declined'}>
        <Monogram name={name} />
        <div class="said-by">
          <h3 class="who">
            @{handle} <ChatTime iso={turn.at} account={account} now={now} />{' '}
            {turn.offline && (
              <span lang="en">
                <OfflineMark />
              </span>
            )}
          </h3>
          <div class="reading" lang={outcome === 'answered' ? language : words.lang}>
            {paragraphs(turn.answer).map((text) => (
              <p dir="auto">{text}</p>
            ))}
          </div>
          <PostCards posts={posts} label={words.restsOn} account={account} now={now} />
          {posts.length === 0 && outcome === 'answered' && <p class="quiet">{words.gone}</p>}
          {offered.length > 0 && (
            <>
              <p class="quiet">{suggestion}</p>
              <PostCards posts={offered} label={suggestion} account={account} now={now} />
            </>
          )}
        </div>
      </div>
    </article>
  );
}

interface PostCardsProps {
  readonly posts: readonly PublishedPost[];
  readonly label: string;
  readonly account: Account;
  readonly now: Date;
}

function PostCards({ posts, label, account, now }: PostCardsProps) {
  if (posts.length === 0) return <></>;
  return (
    <ul class="plain cards-cited" role="list" aria-label={label}>
      {posts.map((post) => (
        <CitedPost post={post} account={account} now={now} />
      ))}
    </ul>
  );
}

/** A moment in the account's zone and language. */
function ChatTime({ iso, account, now }: { iso: string; account: Account; now: Date }) {
  const { timeZone, language } = account;
  const { locale } = pageWords(language);
  return <Time iso={iso} text={clockTime(iso, timeZone, now, locale)} zone={timeZone} locale={locale} />;
}

/** A post that an answer rests on, as a card that leads to it. */
function CitedPost({ post, account, now }: { post: PublishedPost; account: Account; now: Date }) {
  const { edition, publication } = post;
  const { hero, clip } = mediaOf(edition.assets);
  return (
    <li class="cited">
      {hero !== null && (
        <span class="thumb">
          {/* The title beside it says what it is of. */}
          <img src={smallPath(hero, 240)} alt="" width="72" height="72" loading="lazy" decoding="async" />
          {clip !== null && <span class="play" aria-hidden="true"></span>}
        </span>
      )}
      <span class="words">
        <a class="title" lang={account.language} dir="auto" href={postPath(account.handle, edition.postId)}>
          {printableText(edition.title, TITLE_LIMIT)}
        </a>
        <span class="quiet">
          <ChatTime iso={publication.at} account={account} now={now} />
          {clip !== null && ` · ${pageWords(account.language).video}`}
        </span>
      </span>
    </li>
  );
}

/** `/@<handle>/chat/<chatId>/<turn>`: one question and its answer, and nothing else of its conversation. */
export function TurnPage({ account, shown, now }: { account: Account; shown: ShownTurn; now: Date }) {
  const { handle } = account;
  const words = pageWords(account.language);
  return (
    <PublicPage
      account={account}
      lang={words.lang}
      skip={words.skip}
      title={`${printableText(shown.turn.question.replace(/\s+/g, ' '), 80)} · @${handle}`}
      listed={false}
      styles={['record.css', 'public.css', 'chat.css']}
    >
      <Masthead account={account} back={accountPath(handle)} desk={null} words={words.masthead} />
      <main id="main" class="column chat one-turn">
        <h1 class="hidden-text">{words.oneQuestion(handle)}</h1>
        <TurnView shown={shown} account={account} isOwn={false} now={now} />
        <p class="quiet">{words.notAllShown(handle)}</p>
      </main>
    </PublicPage>
  );
}
