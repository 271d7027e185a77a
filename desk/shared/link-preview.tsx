/** What other places show of a link to a public page: Open Graph (https://ogp.me) and the Twitter card. */
export interface LinkPreview {
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
export function PreviewTags({ of: preview, description }: { of: LinkPreview; description?: string }) {
  const { type, url, siteName, title, image, clip, publishedAt, tags = [] } = preview;
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
