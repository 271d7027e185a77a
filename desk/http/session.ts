import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { EDITOR_NAME, type KnownPerson } from '../../config/people/person.js';
import { NOBODY, type People } from '../../config/people/watch.js';
import { cookieSuffix, hmac, sameText } from './signing.js';
import { askedHost, isOwnHost } from './gate.js';
import type { KeptMarks } from './kept-marks.js';

const MONTH_SECONDS = 30 * 24 * 60 * 60;
/** Id, end and signature; behind them, for who has a token of their own, the name. */
const COOKIE = /^([\w-]{22})\.(\d{10,11})\.([\w-]{43})(?:\.([\w-]{1,400}))?$/;
const BEARER = /^Bearer +(\S+)$/i;

/** Who is signed in, and what they may do: an editor decides, a viewer reads. */
export interface Person {
  readonly name: string;
  readonly role: 'editor' | 'viewer';
  /** They have a token of their own, so that the name is theirs. */
  readonly named?: true;
}

/** Who shows the desk's own token, which names nobody. */
const EDITOR: Person = { name: EDITOR_NAME, role: 'editor' };

/** Who is signed in: a visitor who shows a token, as a Bearer token or by the cookie that the sign-in form sets. */
export interface Session {
  /** Whether it is the desk's, or a person's own. */
  isToken(candidate: string): boolean;
  /** Whether a request shows a Bearer token that is nobody's. */
  isGuess(c: Context): boolean;
  /** Whether it came under a name of the desk; under another, nobody is signed in. */
  isAtHome(c: Context): boolean;
  isSignedIn(c: Context): boolean;
  /** Who is signed in; null for a stranger. */
  person(c: Context): Person | null;
  /** As whoever the token is of. @throws Error for a token that is nobody's */
  signIn(c: Context, token: string): void;
  /** Ends the session of the request, so that a copy of its cookie is worth nothing; without one it does nothing. */
  signOut(c: Context): void;
}

interface SessionOptions {
  /** The desk's own. */
  readonly token: string;
  /** Those with tokens of their own; none when left out. */
  readonly people?: People;
  /** Random, of this desk alone, and never told. */
  readonly secret: string;
  readonly ended: KeptMarks;
  /** The http and https addresses at which the desk is reached, beside the loopback; the first is where people go. */
  readonly addresses: readonly [string, ...string[]];
  readonly now: () => Date;
}

interface Shown {
  readonly id: string;
  /** Seconds since 1970. */
  readonly expires: number;
  readonly person: Person;
}

/** Somebody who may be signed in, and what their sessions are signed with: it changes with the token. */
interface Holder {
  readonly person: Person;
  readonly key: Buffer;
  /** Of the cookie, in base64url; null for the desk's own token. */
  readonly suffix: string | null;
}

/**
 * A session's cookie holds a random id, its end and whose it is, signed with a key of secret and token: it outlives a restart, ends
 * with the token or the person, and tells nothing of either token.
 */
export function createSession(options: SessionOptions): Session {
  const { token, people = NOBODY, secret, ended, addresses, now } = options;
  const name = `copydesk_${cookieSuffix(secret)}`;
  const editor: Holder = { person: EDITOR, key: hmac(secret, `session ${token}`), suffix: null };
  const secure = addresses[0].startsWith('https:');
  const seconds = (): number => Math.floor(now().getTime() / 1_000);

  const holderFor = (known: KnownPerson): Holder => ({
    person: { name: known.name, role: known.role, named: true },
    key: hmac(secret, `session of ${known.name} ${known.token}`),
    suffix: Buffer.from(known.name).toString('base64url'),
  });
  const holderOf = (candidate: string): Holder | null => {
    if (token !== '' && sameText(candidate, token)) return editor;
    const known = people.byToken(candidate);
    return known && holderFor(known);
  };
  /** Whose a cookie says it is. */
  const claimedBy = (suffix: string | undefined): Holder | null => {
    if (suffix === undefined) return token === '' ? null : editor;
    const known = people.byName(Buffer.from(suffix, 'base64url').toString());
    return known && holderFor(known);
  };
  const bearerOf = (c: Context): string | undefined => BEARER.exec(c.req.header('Authorization') ?? '')?.[1];
  const isAtHome = (c: Context): boolean => isOwnHost(askedHost(c), addresses);

  const shown = (c: Context): Shown | null => {
    const [, id = '', end = '', mac = '', suffix] = COOKIE.exec(getCookie(c, name) ?? '') ?? [];
    const expires = Number(end);
    const holder = id === '' ? null : claimedBy(suffix);
    if (!holder || !sameText(mac, signature(holder.key, id, expires)) || expires <= seconds()) return null;
    return ended.has({ id, expires }) ? null : { id, expires, person: holder.person };
  };
  const end = (c: Context): boolean => {
    const session = shown(c);
    if (session) ended.add(session);
    return session !== null;
  };
  const person = (c: Context): Person | null => {
    if (!isAtHome(c)) return null;
    const bearer = bearerOf(c);
    return (bearer === undefined ? shown(c) : holderOf(bearer))?.person ?? null;
  };
  return {
    isToken: (candidate) => holderOf(candidate) !== null,
    isAtHome,
    isSignedIn: (c) => person(c) !== null,
    person,
    isGuess(c) {
      const bearer = bearerOf(c);
      return bearer !== undefined && isAtHome(c) && holderOf(bearer) === null;
    },
    signIn(c, given) {
      const holder = holderOf(given);
      if (!holder) throw new Error("nobody is signed in with a token that is nobody's");
      end(c);
      const id = randomBytes(16).toString('base64url');
      const expires = seconds() + MONTH_SECONDS;
      const signed = `${id}.${expires}.${signature(holder.key, id, expires)}`;
      setCookie(c, name, holder.suffix === null ? signed : `${signed}.${holder.suffix}`, {
        path: '/',
        httpOnly: true,
        sameSite: 'Strict',
        secure,
        maxAge: MONTH_SECONDS,
      });
    },
    signOut(c) {
      if (end(c)) deleteCookie(c, name, { path: '/', secure });
    },
  };
}

const signature = (key: Buffer, id: string, expires: number): string =>
  hmac(key, `${id}.${expires}`).toString('base64url');
