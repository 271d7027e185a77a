import type { Account } from '../../contract/account.js';
import { Monogram } from '../public/monogram.js';
import { OfflineMark } from '../kit/layout.js';
import { paragraphs } from '../kit/post-text.js';
import { clockTime, Time } from '../kit/time.js';
import { CitedPost } from './cited-post.js';
import type { ShownTurn } from './shown-turns.js';

export interface TurnProps {
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
