import type { Account } from '../../contract/account.js';
import { sampleWords } from '../../contract/sample-words.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import type { PixelSize } from '../reading/pictures.js';
import { mediaOf } from '../reading/reader.js';
import { printableText, TITLE_LIMIT } from '../safety/printable.js';
import { postPath } from '../kit/addresses.js';
import { clockTime, Time } from '../kit/time.js';
import { Hashtags } from './hashtags.js';
import { isTall, PictureFrame } from './picture.js';

export interface PostCardProps {
  readonly post: PublishedPost;
  readonly account: Account;
  /** Of the hero image. */
  readonly size: PixelSize | null;
  /** Whether it is the newest, shown large. */
  readonly leads: boolean;
  readonly now: Date;
}

/** A post on its account's page. The whole card leads to it. */
export function PostCard({ post, account, size, leads, now }: PostCardProps) {
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
