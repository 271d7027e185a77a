import type { AppBskyRichtextFacet } from '@atproto/api';

export type Facet = AppBskyRichtextFacet.Main;

/**
 * What of a text is a link or a hashtag, by its bytes in UTF-8, as Bluesky's own app finds them. Nobody is mentioned: a handle in
 * a text that a model wrote would call somebody in.
 */
export async function facetsOf(text: string): Promise<Facet[]> {
  const { RichText } = await import('@atproto/api');
  const rich = new RichText({ text });
  rich.detectFacetsWithoutResolution();
  return (rich.facets ?? []).filter(
    ({ features }) => !features.some(({ $type }) => $type === 'app.bsky.richtext.facet#mention'),
  );
}
