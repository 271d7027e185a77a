import { html } from 'hono/html';
import type { Child } from 'hono/jsx';
import { sampleWords, type Made } from '../../contract/sample-words.js';
import { OFFLINE_NOTICE } from './post-text.js';
import { staticPath } from './static-files.js';
import { Zone } from './time.js';

export interface LayoutProps {
  readonly title: string;
  /** BCP 47 tag of the language of its texts, and the link past its head in that language; English when left out. */
  readonly lang?: string;
  readonly skip?: string;
  /** One plain sentence for search engines and link previews. */
  readonly description?: string;
  /** An absolute address. */
  readonly canonical?: string;
  readonly preview?: LinkPreview;
  /** Paths of the account's feeds. */
  readonly feeds?: { readonly title: string; readonly atom: string; readonly json: string };
  /** Whether search engines may list the page. */
  readonly listed?: boolean;
  /** Static files beside `base.css`, by name. */
  readonly styles?: readonly string[];
  readonly scripts?: readonly string[];
  /** The classes of the body. */
  readonly look?: string;
  /** The IANA zone in which the tooltips of the page's times are written; UTC when left out. */
  readonly zone?: string;
  readonly children?: Child;
}

/** A whole page, as the text of an HTML document. */
export function Layout(props: LayoutProps) {
  const { title, description, canonical, preview, feeds, listed = true, styles = [], scripts = [] } = props;
  const { lang = 'en', skip = 'Skip to the content' } = props;
  const page = (
    <html lang={lang}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" type="image/svg+xml" href={staticPath('icon.svg')} />
        {['base.css', ...styles].map((name) => (
          <link rel="stylesheet" href={staticPath(name)} />
        ))}
        {scripts.map((name) => (
          <script defer src={staticPath(name)}></script>
        ))}
        {!listed && <meta name="robots" content="noindex" />}
        {description && <meta name="description" content={description} />}
        {canonical && <link rel="canonical" href={canonical} />}
        {preview && <PreviewTags of={preview} description={description} />}
        {feeds && (
          <>
            <Feed type="application/atom+xml" title={`${feeds.title} (Atom)`} href={feeds.atom} />
            <Feed type="application/feed+json" title={`${feeds.title} (JSON Feed)`} href={feeds.json} />
          </>
        )}
      </head>
      <body class={props.look}>
        <a class="skip" href="#main">
          {skip}
        </a>
        <Zone.Provider value={props.zone ?? 'UTC'}>{props.children}</Zone.Provider>
      </body>
    </html>
  );
  return html`<!doctype html>${page}`;
}

const Feed = (props: { type: string; title: string; href: string }) => <link rel="alternate" {...props} />;

/** The mark of what the stand-ins made; `of` says which parts that is. */
export function OfflineMark({ of: made }: { of?: Made }) {
  return <span class="mark">{(made && sampleWords(made)) ?? OFFLINE_NOTICE}</span>;
}

/** What other places show of a link to a public page: Open Graph (https://ogp.me) and the Twitter card. */
interface LinkPreview {
  readonly type: 'website' | 'profile' | 'article';
  /** Absolute. */
  readonly url: string;
  /** Whose page it is: the account's name, or the desk's. */
  readonly siteName: string;
  readonly title: string;
  readonly image?: PreviewImage | null;
  /** The absolute address of a clip. */
  readonly clip?: string | null;
  /** Of an article: when it was published, ISO 8601. */
  readonly publishedAt?: string | null;
  readonly editedAt?: string | null;
  /** Of an article: its hashtags, without `#`. */
  readonly tags?: readonly string[];
}

export interface PreviewImage {
  /** Absolute. */
  readonly url: string;
  readonly alt: string;
  /** In pixels, where it is known. */
  readonly size: { readonly width: number; readonly height: number } | null;
}

/** The tags of a preview, for the head of a page. */
function PreviewTags({ of: preview, description }: { of: LinkPreview; description?: string }) {
  const { type, url, siteName, title, image, clip, publishedAt, editedAt, tags = [] } = preview;
  const properties: [string, string | number | null | undefined][] = [
    ['og:type', type],
    ['og:url', url],
    ['og:site_name', siteName],
    ['og:title', title],
    ['og:description', description],
    ['og:image', image?.url],
    ['og:image:type', image && 'image/png'],
    ['og:image:alt', image?.alt],
    ['og:image:width', image?.size?.width],
    ['og:image:height', image?.size?.height],
    ['og:video', clip],
    ['og:video:type', clip && 'video/mp4'],
    ['article:published_time', publishedAt],
    ['article:modified_time', editedAt],
    ...tags.map((tag): [string, string] => ['article:tag', tag]),
  ];
  return (
    <>
      {properties.map(
        ([property, content]) => content && <meta property={property} content={String(content)} />,
      )}
      <meta name="twitter:card" content={image ? 'summary_large_image' : 'summary'} />
    </>
  );
}

/** A page of one sentence: nothing here, or something went wrong. */
export function MessagePage({ title, message }: { title: string; message: string }) {
  return (
    <Layout title={title} listed={false} styles={['public.css']} look="public">
      <main id="main" class="narrow notice">
        <h1>{title}</h1>
        <p>{message}</p>
        <p>
          <a href="/">All accounts</a> · <a href="/desk">The desk, for the signed-in</a>
        </p>
      </main>
    </Layout>
  );
}
