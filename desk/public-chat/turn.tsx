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
  /** Who asked, as the reader of the page knows them. */
  readonly asker: 'You' | 'A reader';
  readonly now: Date;
}

/** One question with its answer and the posts that the answer rests on. */
export function TurnView({ shown: { turn, posts }, account, asker, now }: TurnProps) {
  const { handle, name, language, timeZone } = account;
  return (
    <article class="turn" id={`turn-${turn.turn}`}>
      <div class="question">
        <h2 class="who">{asker} asked</h2>
        <p dir="auto">{turn.question}</p>
      </div>
      <div class={turn.outcome === 'answered' ? 'answer' : 'answer declined'}>
        <Monogram name={name} />
        <div class="said-by">
          <h3 class="who">
            @{handle} <Time iso={turn.at} text={clockTime(turn.at, timeZone, now)} zone={timeZone} />{' '}
            {turn.offline && <OfflineMark />}
          </h3>
          <div class="reading" lang={language}>
            {paragraphs(turn.answer).map((text) => (
              <p dir="auto">{text}</p>
            ))}
          </div>
          {posts.length > 0 && (
            <ul class="plain cards-cited" role="list" aria-label="Posts that this rests on">
              {posts.map((post) => (
                <CitedPost post={post} account={account} now={now} />
              ))}
            </ul>
          )}
          {posts.length === 0 && turn.outcome === 'answered' && (
            <p class="quiet">The posts that this rested on are no longer public.</p>
          )}
        </div>
      </div>
    </article>
  );
}

/** A post that an answer rests on, as a card that leads to it. */
function CitedPost({ post, account, now }: { post: PublishedPost; account: Account; now: Date }) {
  const { edition, publication } = post;
  const { hero, clip } = mediaOf(edition.assets);
  const { timeZone } = account;
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
          <Time iso={publication.at} text={clockTime(publication.at, timeZone, now)} zone={timeZone} />
          {clip !== null && ' · video'}
        </span>
      </span>
    </li>
  );
}

/** `/@<handle>/chat/<chatId>/<turn>`: one question and its answer, and nothing else of its conversation. */
export function TurnPage({ account, shown, now }: { account: Account; shown: ShownTurn; now: Date }) {
  const { handle } = account;
  return (
    <PublicPage
      account={account}
      title={`${printableText(shown.turn.question.replace(/\s+/g, ' '), 80)} · @${handle}`}
      listed={false}
      styles={['record.css', 'public.css', 'chat.css']}
    >
      <Masthead account={account} back={accountPath(handle)} desk={null} />
      <main id="main" class="column chat one-turn">
        <h1 class="hidden-text">A question to @{handle}</h1>
        <TurnView shown={shown} account={account} asker="A reader" now={now} />
        <p class="quiet">
          One question to @{handle} and its answer. The rest of the conversation is not shown.
        </p>
      </main>
    </PublicPage>
  );
}
