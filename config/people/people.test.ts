import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { entryOf, hashToken, nameProblem, newToken } from './person.js';
import { watchPeople } from './watch.js';
import { parsePeople } from './parse.js';

const folder = mkdtempSync(join(tmpdir(), 'copydesk-people-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const HASH = hashToken('a-token');
const ENTRY = `{ role: editor, token: "${HASH}" }`;

it('a file of people is read in YAML and in JSON', () => {
  const maria = { name: 'maria', role: 'editor', token: HASH };
  expect(parsePeople('people.yaml', `# who\nmaria: ${ENTRY}\n`)).toEqual([maria]);
  const json = JSON.stringify({ maria: { role: 'editor', token: HASH } });
  expect(parsePeople('people.json', json)).toEqual([maria]);
  expect(parsePeople('people.yaml', '# nobody yet\n')).toEqual([]);
});

const ODD_NAMES = ['maria', 'Jo Kim', 'null', 'true', '123', 'a: b', '#x', '"quoted"', '田中'];
it.each(ODD_NAMES)('a file of people takes the line that is made for %s', (name) => {
  const person = { name, role: 'viewer', token: hashToken(newToken()) } as const;
  expect(parsePeople('people.yaml', `${entryOf(person)}\n`)).toEqual([person]);
});

it.each([
  ['maria: a-token-in-the-open', /^people.yaml:1: 'maria' is not \{ role: editor or viewer, token: /],
  [`\nmaria: { role: admin, token: "${HASH}" }`, /^people.yaml:2: 'maria' is not \{/],
  [`maria: { role: editor, token: "${HASH}", extra: 1 }`, /^people.yaml:1: 'maria' is not \{/],
  [`maria: ${ENTRY}\nmaria: ${ENTRY}`, /^people.yaml:2: is not valid YAML: duplicate key/],
  [`maria: ${ENTRY}\njo: ${ENTRY}`, /^people.yaml:2: 'jo' has the token of another/],
  [`editor: ${ENTRY}`, /^people.yaml:1: 'editor' is what the desk's own token signs in as/],
  ['- maria', /^people.yaml:1: is not a map of names/],
  ['maria: [', /^people.yaml:\d: is not valid YAML/],
  [`"": ${ENTRY}`, /^people.yaml:1: '' is not a name/],
  [`? [a]\n: ${ENTRY}`, /^people.yaml:1: '' is not a name/],
])('the people %j are refused with the line, and no token', (text, message) => {
  expect(() => parsePeople('people.yaml', text)).toThrow(message);
  expect(() => parsePeople('people.yaml', text)).not.toThrow(/a-token-in-the-open/);
});

it.each([
  ['a\nb', /one line/],
  [' a', /one line/],
  ['a\u202eb', /one line/],
  ['x'.repeat(61), /60 characters/],
  ['maria (link)', /as decisions by a link do/],
])('%j is no name', (name, problem) => expect(nameProblem(name)).toMatch(problem));

it('a token has 192 random bits and is not in its hash', () => {
  const token = newToken();
  expect(Buffer.from(token, 'base64url')).toHaveLength(24);
  expect(newToken()).not.toBe(token);
  expect(hashToken(token)).not.toContain(token);
});

const file = join(folder, 'people.yaml');
const write = (text: string): void => {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
};

it('people who are watched are those of the file as it is now; a broken one leaves them, a missing one leaves nobody', () => {
  const said: string[] = [];
  write(`maria: ${ENTRY}\n`);
  const people = watchPeople(file, (line) => said.push(line));
  expect(people.byToken('a-token')).toMatchObject({ name: 'maria', role: 'editor' });
  const unknown = [people.byToken('another'), people.byToken(HASH), people.byName('jo')];
  expect(unknown).toEqual([null, null, null]);

  write(`maria: { role: viewer, token: "${hashToken('b-token')}" }\n`);
  expect(people.byToken('a-token')).toBeNull();
  expect(people.byName('maria')).toMatchObject({ role: 'viewer' });

  write('maria: [');
  expect(people.byName('maria')).toMatchObject({ role: 'viewer' });
  people.byName('maria');
  expect(said).toEqual([expect.stringMatching(/not valid YAML.*; the people stay as they last were$/)]);

  rmSync(file);
  expect([people.byName('maria'), people.byToken('b-token')]).toEqual([null, null]);
  expect(said[1]).toMatch(/no such file.*; nobody of it is let in$/);
  write(`maria: ${ENTRY}\n`);
  expect(people.byToken('a-token')).toMatchObject({ name: 'maria' });
});

it('people who are watched are asked for at the start in one line, when there is no file or it is not one', () => {
  const watch = (place: string) => () => watchPeople(place, () => {});
  const missing = /none\.yaml: there is no such file; set COPYDESK_PEOPLE/;
  expect(watch(join(folder, 'none.yaml'))).toThrow(missing);
  expect(watch(folder)).toThrow(/can't be read/);
});
