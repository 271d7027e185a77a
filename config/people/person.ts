import { createHash, randomBytes } from 'node:crypto';
import { shown } from '../../contract/shown.js';

/** An editor decides, a viewer reads. */
export const ROLES = ['editor', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody with a token of their own, as the file of people has them. */
export interface KnownPerson {
  readonly name: string;
  readonly role: Role;
  /** `hashToken` of the token, which itself is kept nowhere. */
  readonly token: string;
}

/** What the desk's own token signs in as. */
export const EDITOR_NAME = 'editor';
const LONGEST_NAME = 60;

/** A token of 192 random bits. */
export const newToken = (): string => randomBytes(24).toString('base64url');

/**
 * What the file keeps of a token. Nobody tries 192 random bits one by one, so a slow hash would protect nothing more.
 */
export const hashToken = (token: string): string =>
  `sha256:${createHash('sha256').update(token).digest('hex')}`;

export const TOKEN_HASH = /^sha256:[\da-f]{64}$/;

/** Why a name can't be a person's, as the end of a sentence; null when it can. */
export function nameProblem(name: string): string | null {
  if (name === '' || name !== name.trim() || name !== shown(name)) return 'is not a name in one line';
  if (name.length > LONGEST_NAME) return `is longer than the ${LONGEST_NAME} characters allowed`;
  if (name === EDITOR_NAME) return "is what the desk's own token signs in as; take another";
  return name.endsWith('(link)') ? 'ends as decisions by a link do; take another' : null;
}

/** The line of the file for a person. JSON is YAML too, so a name of any characters is one key. */
export const entryOf = ({ name, role, token }: KnownPerson): string =>
  `${/^[a-z][a-z0-9_-]*$/i.test(name) && !RESERVED.test(name) ? name : JSON.stringify(name)}: { role: ${role}, token: "${token}" }`;

/** Words that YAML takes for something other than text. */
const RESERVED = /^(?:true|false|null|yes|no|on|off|y|n)$/i;
