/** What an instance allows, as `/api/v2/instance` says it; a stand-in's test may set any of it lower. */
export interface Limits {
  readonly characters: number;
  readonly attachments: number;
  readonly descriptionCharacters: number;
  readonly imageBytes: number;
  readonly imagePixels: number;
  readonly videoBytes: number;
  /** Requests of the account in 5 minutes (docs.joinmastodon.org/api/rate-limits). */
  readonly requests: number;
  /** Uploads, and deletions, of the account in 30 minutes. */
  readonly uploads: number;
  readonly deletions: number;
}

/** Mastodon's own. */
export const LIMITS: Limits = {
  characters: 500,
  attachments: 4,
  descriptionCharacters: 1_500,
  imageBytes: 16 * 1_024 * 1_024,
  imagePixels: 33_177_600,
  videoBytes: 99 * 1_024 * 1_024,
  requests: 300,
  uploads: 30,
  deletions: 30,
};

export const MIME_TYPES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'video/mp4', 'video/webm'];

/** A link with a host that has a name, up to a sign that no link ends with. */
const LINK = /(?<![\p{L}\p{N}_@#$])https?:\/\/(?:[\p{L}\p{N}-]+\.)+\p{L}{2,63}(?::\d+)?(?:[/?#][^\s<>]*)?/giu;
const LINK_END = new Set('.,;:!?\'"”’»)]}…*');
const MENTION = /(?<![\p{L}\p{N}_=/])@(\w[\w.-]*)(?:@([\p{L}\p{N}_.-]*[\p{L}\p{N}_]))?/gu;
const HASHTAG = /(?<![\p{L}\p{N}_/#])#([\p{L}\p{N}_]*[\p{L}_][\p{L}\p{N}_]*)/gu;

function trimmed(link: string): string {
  let end = link.length;
  while (LINK_END.has(link.charAt(end - 1))) end -= 1;
  return link.slice(0, end);
}

/** A link counts 23, a mention without its server, and everything else as a person counts it. */
export function countCharacters(text: string): number {
  const counted = text
    .replace(LINK, (found) => 'x'.repeat(23) + found.slice(trimmed(found).length))
    .replace(MENTION, '@$1');
  return [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(counted)].length;
}

/** What the server is: GoToSocial ignores idempotency keys, and the address of a status of an `other` doesn't end with its id. */
export type Flavour = 'mastodon' | 'gotosocial' | 'other';

/** The HTML of a status. Mastodon hides parts of a long link, GoToSocial shows it as it is. */
export function writeStatusHtml(text: string, base: string, flavour: Flavour): string {
  const paragraphs = text.trim().split(/\n{2,}/);
  return paragraphs.map((paragraph) => `<p>${inline(paragraph, base, flavour)}</p>`).join('');
}

function inline(text: string, base: string, flavour: Flavour): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { index, 0: found } of text.matchAll(LINK)) {
    pieces.push(words(text.slice(from, index), base), anchor(trimmed(found), flavour));
    from = index + trimmed(found).length;
  }
  return [...pieces, words(text.slice(from), base)].join('').replaceAll('\n', '<br />');
}

const words = (text: string, base: string): string =>
  escaped(text)
    .replace(
      HASHTAG,
      (_found, tag: string) =>
        `<a href="${base}/tags/${tag.toLowerCase()}" class="mention hashtag" rel="tag">#<span>${tag}</span></a>`,
    )
    .replace(MENTION, (found, user: string, host?: string) =>
      host === undefined
        ? found
        : `<span class="h-card" translate="no"><a href="https://${host}/@${user}" class="u-url mention">@<span>${user}</span></a></span>`,
    );

function anchor(link: string, flavour: Flavour): string {
  const open = `<a href="${escaped(link)}" target="_blank" rel="nofollow noopener" translate="no">`;
  if (flavour === 'gotosocial') return `${open}${escaped(link)}</a>`;
  const [scheme = ''] = /^https?:\/\/(?:www\.)?/i.exec(link) ?? [];
  const [shown, hidden] = [link.slice(scheme.length, scheme.length + 30), link.slice(scheme.length + 30)];
  const look = hidden === '' ? '' : 'ellipsis';
  return `${open}<span class="invisible">${scheme}</span><span class="${look}">${escaped(shown)}</span><span class="invisible">${escaped(hidden)}</span></a>`;
}

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

interface Bucket {
  readonly perMs: number;
  used: number;
  until: number;
}

/** Counts calls in windows of time, as Mastodon does. */
export class Rates {
  readonly #buckets = new Map<string, Bucket>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** @returns when the next call is allowed; null where this one is */
  use(name: string, most: number, perMs: number): Date | null {
    const now = this.#now().getTime();
    let bucket = this.#buckets.get(name);
    if (!bucket || bucket.until <= now) {
      bucket = { perMs, used: 0, until: now + perMs };
      this.#buckets.set(name, bucket);
    }
    bucket.used += 1;
    return bucket.used > most ? new Date(bucket.until) : null;
  }
}
