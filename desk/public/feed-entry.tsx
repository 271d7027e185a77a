import { isHashtag } from '../../contract/draft.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { assetPath, postPath } from '../kit/addresses.js';
import { captionWithHashtags, paragraphs } from '../kit/post-text.js';
import { printable, printableText, TITLE_LIMIT } from '../safety/printable.js';
import { mediaOf } from '../reading/reader.js';
import { sampleWords } from '../../contract/sample-words.js';

/** A post as both feeds carry it. Addresses are absolute. */
export interface FeedEntry {
  /** The post's address, which is also its id. */
  readonly url: string;
  /** Plain text. */
  readonly title: string;
  /** Plain text, in the lines of the caption. */
  readonly summary: string;
  /** HTML. */
  readonly content: string;
  readonly image: string | null;
  readonly clip: string | null;
  /** Hashtags that are one word, without `#`. */
  readonly tags: readonly string[];
  readonly at: Date;
}

/** @param url the desk's address. */
export function feedEntry(published: PublishedPost, url: string): FeedEntry {
  const { edition, account, publication, status } = printable(published);
  const { hero, clip } = mediaOf(edition.assets);
  const image = hero && `${url}${assetPath(hero)}`;
  const content = (
    <>
      {image && <img src={image} alt={edition.altText} />}
      {clip && (
        <p>
          <a href={`${url}${assetPath(clip)}`}>Watch the video</a>
        </p>
      )}
      {paragraphs(edition.body ?? '').map((text) => (
        <p>{withBreaks(text)}</p>
      ))}
      <p>{withBreaks(captionWithHashtags(edition))}</p>
      {account.disclosure && (
        <p>
          <small>{account.disclosure}</small>
        </p>
      )}
      {status.offline && (
        <p>
          <small>{sampleWords(status)}</small>
        </p>
      )}
    </>
  );
  return {
    url: `${url}${postPath(account.handle, edition.postId)}`,
    title: printableText(edition.title, TITLE_LIMIT),
    summary: edition.caption,
    content: content.toString(),
    image,
    clip: clip && `${url}${assetPath(clip)}`,
    tags: edition.hashtags.filter(isHashtag),
    at: new Date(publication.at),
  };
}

/** A text whose lines stay lines in HTML. */
export const withBreaks = (text: string) => (
  <>
    {text.split('\n').map((line, index) => (
      <>
        {index > 0 && <br />}
        {line}
      </>
    ))}
  </>
);
