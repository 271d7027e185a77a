import { isMap, isScalar, LineCounter, parseDocument, type Pair } from 'yaml';
import { z } from 'zod';
import { yamlExcess } from '../accounts/yaml-bounds.js';
import { UsageError } from '../../contract/errors.js';
import { shown } from '../../contract/shown.js';
import { nameProblem, ROLES, TOKEN_HASH, type KnownPerson } from './person.js';
import { shortened } from '../setting-values.js';

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
