import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { tempFolder } from '../services/testing/temp-folder.js';
import { preparedHelp } from './help-table.js';

const file = pathToFileURL(path.join(tempFolder(), 'help.json'));
writeFileSync(file, JSON.stringify({ '': 'all', 'post list': 'of the list' }));

it.each<[line: string, columns: number | undefined, help: string | null]>([
  ['--help', undefined, 'all'],
  ['post list -h', 200, 'of the list'],
  ['post list --help', 79, null],
  ['post list', undefined, null],
  ['post lst --help', undefined, null],
  ['constructor --help', undefined, null],
  ['--help post list', undefined, null],
])('%j on %s columns is %s', (line, columns, help) =>
  expect(preparedHelp(line.split(' '), columns, file)).toBe(help),
);

it('where no build has written it, there is none', () =>
  expect(preparedHelp(['--help'], undefined, new URL('none.json', file))).toBeNull());
