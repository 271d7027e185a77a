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
