import { Feed } from 'feed';
import { html } from 'hono/html';
import { editedAt } from '../../contract/revision.js';
import { isHashtag } from '../../contract/draft.js';
import { sampleWords } from '../../contract/sample-words.js';
import type { PublishedPost } from '../../services/archive/records/records.js';
import { printable, printableText, TITLE_LIMIT } from '../http/printable.js';
import { mediaOf } from '../reading/reader.js';
import { assetPath, postPath } from '../kit/addresses.js';
import { captionWithHashtags, paragraphs } from '../kit/post-text.js';

/** A post as both feeds carry it. Addresses are absolute. */
interface FeedEntry {
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
  /** When it was last edited; when it was published where it never was. */
  readonly updated: Date;
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
    updated: new Date(editedAt(status) ?? publication.at),
  };
}

/** A text whose lines stay lines in HTML. */
const withBreaks = (text: string) => (
  <>
    {text.split('\n').map((line, index) => (
      <>
        {index > 0 && <br />}
        {line}
      </>
    ))}
  </>
);

/** One page of an account's feed. Addresses are absolute. */
export interface FeedPage {
  readonly title: string;
  readonly description: string;
  readonly author: string;
  readonly language: string;
  /** The account's page. */
  readonly home: string;
  /** This page of the feed. */
  readonly self: string;
  /** The page of the next older posts; null on the last. */
  readonly next: string | null;
  readonly entries: readonly FeedEntry[];
}

/** The feed as Atom (RFC 4287), paged by `rel="next"` (RFC 5005). */
export function atomFeed(page: FeedPage): string {
  const feed = new Feed({
    id: page.home,
    title: page.title,
    description: page.description,
    link: page.home,
    feedLinks: { atom: page.self },
    author: { name: page.author, link: page.home },
    generator: 'Copydesk',
    // Of what is in it, not of the request, so that an unchanged feed has an unchanged ETag.
    updated: new Date(Math.max(0, ...page.entries.map(({ updated }) => updated.getTime()))),
  });
  for (const entry of page.entries) {
    feed.addItem({
      id: entry.url,
      link: entry.url,
      // The library declares titles and summaries as HTML.
      title: html`${entry.title}`.toString(),
      description: withBreaks(entry.summary).toString(),
      content: entry.content,
      date: entry.updated,
      published: entry.at,
      category: entry.tags.map((tag) => ({ name: tag, term: tag })),
      ...(entry.image === null ? {} : { image: entry.image }),
      ...(entry.clip === null ? {} : { video: entry.clip }),
    });
  }
  return withNext(feed.atom1(), page.next);
}

/** The library knows no `next` link; ours stands before the link of the feed itself, which no text can imitate. */
function withNext(atom: string, next: string | null): string {
  if (next === null) return atom;
  return atom.replace(
    '<link rel="self"',
    () => `${html`<link rel="next" href="${next}" />`}\n    <link rel="self"`,
  );
}

/** The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export function jsonFeed(page: FeedPage): object {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: page.title,
    description: page.description,
    home_page_url: page.home,
    feed_url: page.self,
    ...(page.next === null ? {} : { next_url: page.next }),
    language: page.language,
    authors: [{ name: page.author, url: page.home }],
    items: page.entries.map((entry) => ({
      id: entry.url,
      url: entry.url,
      title: entry.title,
      summary: entry.summary,
      content_html: entry.content,
      ...(entry.image === null ? {} : { image: entry.image }),
      date_published: entry.at.toISOString(),
      ...(entry.updated > entry.at && { date_modified: entry.updated.toISOString() }),
      tags: entry.tags,
      attachments: [
        ...(entry.image === null ? [] : [{ url: entry.image, mime_type: 'image/png' }]),
        ...(entry.clip === null ? [] : [{ url: entry.clip, mime_type: 'video/mp4' }]),
      ],
    })),
  };
}
