import type { Account } from '../../contract/account.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { mediaOf } from '../reading/reader.js';
import { printableText, TITLE_LIMIT } from '../safety/printable.js';
import { postPath, smallPath } from '../kit/addresses.js';
import { clockTime, Time } from '../kit/time.js';

/** A post that an answer rests on, as a card that leads to it. */
export function CitedPost({ post, account, now }: { post: PublishedPost; account: Account; now: Date }) {
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
