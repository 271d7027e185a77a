import { NO_SECRETS, type Secrets } from './secrets.js';

/** The longest message that is kept of somebody else's words, in characters. */
export const LONGEST_MESSAGE = 1_000;
/** How much of somebody else's words is looked at, in characters, before any pattern sees them. */
const MOST_READ = 10 * LONGEST_MESSAGE;

/**
 * What looks like a key or a token, however it got into the words: OpenAI names the wrong key in its 401. Their forms:
 * OpenAI's `sk-…`, fal's `<uuid>:<hex>`, what follows an authorization scheme, a JSON web token, the password in an
 * address, and a parameter of an address that signs it.
 */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\b(?:sk|rk|pk|sess)-[\w*.-]{3,}[\w*]/gi, '[key]'],
  [/\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}:[\w*-]{8,}/gi, '[key]'],
  [/\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]*)?/g, '[token]'],
  [
    /\b(bearer|basic|key|token|secret)(\s+provided)?(\s*[:=]\s*|\s+)(?=\S*\d)[\w.~+/:*-]{8,}={0,2}/gi,
    '$1$2$3[key]',
  ],
  [/:\/\/[^\s/@]+@/g, '://[login]@'],
  [/([?&](?:[\w-]*(?:key|token|secret|signature|credential)[\w-]*|sig)=)[^&\s"'<>]+/gi, '$1[key]'],
];

/**
 * A provider's words as one line that can stand in a history, a page or a log: bounded, and without any key.
 *
 * @param secrets what the call carried, which need not look like a key
 */
export function readable(words: string, secrets: Secrets = NO_SECRETS): string {
  // Far more than is kept is looked at, so that a key is never cut where it begins to be one.
  let line = secrets.mask(words.slice(0, MOST_READ)).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ');
  for (const [secret, mask] of SECRETS) line = line.replace(secret, mask);
  line = line.trim();
  return line.length <= LONGEST_MESSAGE ? line : `${line.slice(0, LONGEST_MESSAGE - 1)}…`;
}

const LONGEST_BODY = 200;

/** Bounded, so that the time doesn't grow with the square of a page that is nothing but such tags. */
const TITLE = /<(title|h1)[^<>]{0,200}>([^<]{1,200})<\/\1>/i;

/** What an error document says that is not the provider's JSON: a proxy's web page by its title, plain text by its start. */
export function bodyWords(whole: string, secrets: Secrets = NO_SECRETS): string {
  const body = secrets.mask(whole.slice(0, MOST_READ));
  const title = TITLE.exec(body)?.[2];
  if (title !== undefined && title.trim() !== '') return `a web page, “${title.trim()}”`;
  if (/^\s*<(!doctype|html)/i.test(body)) return 'a web page';
  const text = body.trim();
  return text.length <= LONGEST_BODY ? text : `${text.slice(0, LONGEST_BODY)}…`;
}
