import type { FeedPage } from './atom.js';

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
      tags: entry.tags,
      attachments: [
        ...(entry.image === null ? [] : [{ url: entry.image, mime_type: 'image/png' }]),
        ...(entry.clip === null ? [] : [{ url: entry.clip, mime_type: 'video/mp4' }]),
      ],
    })),
  };
}
