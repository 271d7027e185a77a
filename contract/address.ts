/** Up to the last `@` before the host ends: a password may hold one too. */
const WEB_LOGIN = /(https?:\/\/)[^\s/?#]*@/gi;
const PASSWORD = /(:\/\/[^\s/?#:@]*):[^\s/?#]*@/g;

/**
 * A text whose addresses carry no login: `https://[login]@host`. Of other addresses than web ones the user's name stays, as in
 * `postgres://copydesk:[password]@host`, since it helps to see who was turned away.
 */
export const withoutLogins = (text: string): string =>
  text.replace(WEB_LOGIN, '$1[login]@').replace(PASSWORD, '$1:[password]@');

/** The same of a value that was meant to be an address and is none: whatever may be a login or a key in it is left out. */
export const withoutSecrets = (value: string): string =>
  withoutLogins(value)
    .replace(/^([a-z][\w+.-]{0,20}:\/\/)?[^]*@/i, '$1[login]@')
    .replace(/(:\/\/[^?]*\?)[^]+/, '$1…');

/** Of an address, in characters. */
export const LONGEST_ADDRESS = 2_000;

/** Whether a text is an http or https address that a page may link to. */
export const isWebAddress = (text: string): boolean =>
  text.length <= LONGEST_ADDRESS && URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);

/** Whether it may be asked too: fetch refuses an address with a user name. */
export function isFetchable(text: string): boolean {
  if (!isWebAddress(text)) return false;
  const { username, password } = new URL(text);
  return username === '' && password === '';
}

/**
 * The address of a post's own page, as readers reach it.
 *
 * @param deskUrl where people reach the desk, without a slash at the end.
 */
export const postUrl = (deskUrl: string, account: string, postId: string): string =>
  `${deskUrl}/@${account}/posts/${postId}`;
