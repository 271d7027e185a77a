import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { sampleWords, type Made } from '../../contract/sample-words.js';
import { OFFLINE_NOTICE } from '../post-text.js';

export interface LayoutProps {
  readonly title: string;
  /** One plain sentence for search engines and link previews. */
  readonly description?: string;
  /** Absolute addresses. */
  readonly canonical?: string;
  readonly image?: string;
  /** Paths of the account's feeds. */
  readonly feeds?: { readonly title: string; readonly atom: string; readonly json: string };
  /** Whether search engines may list the page. */
  readonly listed?: boolean;
  readonly children?: Child;
}

/** A whole page, as the text of an HTML document. */
export function Layout({
  title,
  description,
  canonical,
  image,
  feeds,
  listed = true,
  children,
}: LayoutProps) {
  const page = (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="stylesheet" href="/style.css" />
        {!listed && <meta name="robots" content="noindex" />}
        {description && <meta name="description" content={description} />}
        {canonical && <link rel="canonical" href={canonical} />}
        <meta property="og:title" content={title} />
        {description && <meta property="og:description" content={description} />}
        {image && <meta property="og:image" content={image} />}
        {feeds && (
          <link
            rel="alternate"
            type="application/atom+xml"
            title={`${feeds.title} (Atom)`}
            href={feeds.atom}
          />
        )}
        {feeds && (
          <link
            rel="alternate"
            type="application/feed+json"
            title={`${feeds.title} (JSON Feed)`}
            href={feeds.json}
          />
        )}
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the content
        </a>
        {children}
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
}

/** The mark of what the stand-ins made; `of` says which parts that is. */
export function OfflineMark({ of: made }: { of?: Made }) {
  return <span class="mark">{(made && sampleWords(made)) ?? OFFLINE_NOTICE}</span>;
}

/** A point in time: its text for people, its ISO form for machines. */
export function Time({ iso, text }: { iso: string; text: string }) {
  return <time datetime={iso}>{text}</time>;
}
