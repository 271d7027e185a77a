import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { configurationPage } from './configuration-page.js';
import { VARIABLES } from './settings.js';

it('docs/configuration.md is what npm run docs writes', async () => {
  const page = await readFile(new URL('../docs/configuration.md', import.meta.url), 'utf8');
  expect(page).toBe(configurationPage(VARIABLES));
});

it('has a row for each variable: a value in code, words as they stand, a dash for no default', () => {
  const page = configurationPage([
    { name: 'A', fallback: '8300', meaning: 'a port' },
    { name: 'B', fallback: '60 for `npm start`', meaning: 'seconds' },
    { name: 'C', fallback: null, meaning: 'a key' },
  ]);
  const rows = page.split('\n').filter((line) => /^\| `/.test(line));
  expect(rows).toEqual([
    '| `A` | `8300` | a port |',
    '| `B` | 60 for `npm start` | seconds |',
    '| `C` | – | a key |',
  ]);
});

it('no text of a variable would break its row or be read as HTML', () => {
  for (const { name, fallback, meaning } of VARIABLES) {
    const words = [meaning, fallback?.includes(' ') ? fallback : ''].join(' ').replaceAll(/`[^`]*`/g, '');
    expect(words, name).not.toMatch(/[|<`]/);
  }
});
