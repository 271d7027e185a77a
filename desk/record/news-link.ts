import { shown } from '../../contract/shown.js';

const LONGEST_TEXT = 100;

interface NewsLink {
  readonly href: string;
  readonly text: string;
}

/** The link to the news that a post hangs on. It came from a feed or an import: null for what is no web address. */
export function newsLink(url: string | null | undefined): NewsLink | null {
  if (!url || !URL.canParse(url)) return null;
  const { protocol, host, pathname, search, href } = new URL(url);
  if (!/^https?:$/.test(protocol)) return null;
  const text = shown(`${host}${pathname}${search}`);
  return { href, text: text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT - 1)}…` };
}
