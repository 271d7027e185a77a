/** @param desk its address, without a slash at the end */
export const assetUrl = (desk: string, asset: string): string => `${desk}/assets/${asset}`;

/** Whether what a target says of where a post stands may be linked to. */
export const isWebAddress = (url: string): boolean =>
  url.length <= 2_000 && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
