import { readdirSync, readFileSync } from 'node:fs';
import type { Corpus } from './corpus.js';

const times = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');

const folder = new URL('accounts/', import.meta.url);
const small = Object.fromEntries(
  readdirSync(folder).map((name) => [`the file ${name}`, readFileSync(new URL(name, folder), 'utf8')]),
);

/** Account files that are refused, each with its lines: the small ones as they lie in `accounts/`, the large ones made. */
export const ACCOUNT_FILES: Corpus<string> = {
  ...small,
  'a file of 20,000 unknown keys': times(20_000, (n) => `k${n}: 1\n`),
  'a file of 15,000 anchors': times(15_000, (n) => `k${n}: &a${n} 1\n`),
  'a file of 60,000 aliases': `k: &a 1\nl: [${'*a,'.repeat(60_000)}]`,
  'a file of open brackets': '['.repeat(200_000),
  'a file of lists in lists': '- '.repeat(120_000),
  'a file of maps in maps': times(700, (n) => `${' '.repeat(n)}a:\n`),
  'a file of odd lines': '%\n'.repeat(100_000),
  'a file of a megabyte': '#'.repeat(1_000_000),
};
