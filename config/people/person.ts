import { createHash, randomBytes } from 'node:crypto';
import { LineCounter, isMap, isScalar, parseDocument, type Pair } from 'yaml';
import { z } from 'zod';
import { shown } from '../../contract/shown.js';
import { yamlExcess } from '../accounts/yaml-bounds.js';
import { UsageError } from '../../contract/errors.js';
import { shortened } from '../setting-values.js';

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

const entry = z.strictObject({ role: z.enum(ROLES), token: z.string().regex(TOKEN_HASH) });

const MAKE = 'npx copydesk people token NAME makes a line for it';
const ENTRY = `is not { role: editor or viewer, token: "sha256:<64 hex digits>" }; ${MAKE}`;

/** A file of people that can't be used: one line with the file, its line and the remedy. It repeats no token. */
export const peopleProblem = (file: string, line: number | null, problem: string): UsageError =>
  new UsageError('COPYDESK_PEOPLE', `${shown(file)}${line === null ? '' : `:${line}`}: ${problem}`);

/**
 * The people of a file's text, in YAML or JSON: a map of names, each `{ role, token }`.
 *
 * @param file as messages name it
 * @throws UsageError for the first problem
 */
export function parsePeople(file: string, text: string): readonly KnownPerson[] {
  const excess = yamlExcess(text);
  const lines = new LineCounter();
  if (excess) throw peopleProblem(file, text.slice(0, excess.offset).split('\n').length, excess.message);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const wrong = (offset: number, problem: string): UsageError =>
    peopleProblem(file, Math.max(1, lines.linePos(offset).line), problem);
  const [broken] = [...document.errors, ...document.warnings];
  // The parser's words may repeat what stands there.
  if (broken)
    throw wrong(broken.pos[0], `is not valid YAML: ${broken.code.toLowerCase().replaceAll('_', ' ')}`);
  if (document.contents === null) return [];
  if (!isMap(document.contents)) throw wrong(0, 'is not a map of names, each with role and token');
  const people: KnownPerson[] = [];
  for (const pair of document.contents.items as Pair[]) {
    const { key, value } = pair;
    const name = isScalar(key) ? String(key.value) : '';
    const refuse = (problem: string): UsageError =>
      wrong((isScalar(key) && key.range?.[0]) || 0, `'${shortened(name)}' ${problem}`);
    const problem = nameProblem(name);
    if (problem) throw refuse(problem);
    const read = entry.safeParse(isMap(value) ? value.toJS(document) : null);
    if (!read.success) throw refuse(ENTRY);
    if (people.some(({ token }) => token === read.data.token))
      throw refuse(`has the token of another person; ${MAKE}`);
    people.push({ name, ...read.data });
  }
  return people;
}
