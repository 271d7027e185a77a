import { describe, expect, it } from 'vitest';
import { parseAccount } from './parse.js';
import { yamlExcess } from './yaml-bounds.js';

/** Milliseconds. Each takes a few hundred at most, and took many seconds or minutes; the machine may do much else. */
const FREEZE = 10_000;

const times = (count: number, line: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => line(n)).join('');
const keys = (count: number): string => times(count, (n) => `k${n}: 1\n`);

const HOSTILE: Readonly<Record<string, () => string>> = {
  'unknown keys': () => keys(20_000),
  'unknown keys of a planner': () => `planners:\n${times(15_000, (n) => `  k${n}: 1\n`)}`,
  'unknown keys in brackets': () => `{${times(20_000, (n) => `k${n}: 1,`)}}`,
  'one key again and again': () => 'kkk: 1\n'.repeat(20_000),
  'objects as keys': () => '? [a]\n: 1\n'.repeat(20_000),
  'planners of nothing': () => `planners:\n${times(12_000, (n) => `  p${n}:\n`)}`,
  anchors: () => times(15_000, (n) => `k${n}: &a${n} 1\n`),
  aliases: () => `k: &a 1\nl: [${'*a,'.repeat(60_000)}]`,
  'aliases of nothing': () => `l: [${'*a,'.repeat(60_000)}]`,
  'aliases of aliases': () => times(40, (n) => `k${n}: &k${n} [${n ? `*k${n - 1},*k${n - 1}` : '1'}]\n`),
  'few aliases of aliases': () => times(12, (n) => `k${n}: &k${n} [${n ? `*k${n - 1},`.repeat(4) : '1'}]\n`),
  brackets: () => '['.repeat(200_000),
  'closed brackets': () => `a: ${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  braces: () => '{a: '.repeat(60_000),
  'lists in lists': () => '- '.repeat(120_000),
  'keys in keys': () => '? '.repeat(120_000),
  'maps in maps': () => times(700, (n) => `${' '.repeat(n)}a:\n`),
  'odd lines': () => '%\n'.repeat(100_000),
  tabs: () => '\t: \n'.repeat(60_000),
  quotes: () => '"'.repeat(200_000),
  colons: () => ': '.repeat(120_000),
  commas: () => `[${','.repeat(200_000)}]`,
  tags: () => times(15_000, (n) => `k${n}: !x${n} 1\n`),
  'a long key': () => `${'a'.repeat(250_000)}: 1`,
  'a long number': () => `budget: { batch: ${'9'.repeat(250_000)} }`,
  'a long model': () => `models: { plan: ${'a/'.repeat(120_000)} }`,
  'phrases that are none': () => `style: { bannedPhrases: [${'1,'.repeat(120_000)}] }`,
  'control characters': () => '\u0000\u001b\u202e\r'.repeat(50_000),
};

describe('a hostile account file', () => {
  it.each(Object.keys(HOSTILE))('of %s is answered at once, with few problems in short lines', (name) => {
    const text = HOSTILE[name]!();
    const began = performance.now();
    const { account, problems } = parseAccount('x', text);
    expect(performance.now() - began).toBeLessThan(FREEZE);
    expect(account).toBeNull();
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThanOrEqual(51);
    for (const { message, field } of problems) expect(`${field}: ${message}`.length).toBeLessThan(1_000);
  });

  it('is told apart from a large one', () => {
    const guidance = '      *so* - [x] {y}: &z\n'.repeat(100);
    const planner = `    covers: a\n    # why\n    guidance: |\n${guidance}`;
    const text = `name: A\nbio: B\nvoice: C\nlook: D\nplanners:\n${times(50, (n) => `  p_${n}:\n${planner}`)}`;
    expect(text.length).toBeGreaterThan(100_000);
    expect(Object.keys(parseAccount('x', text).account?.planners ?? {})).toHaveLength(50);
  });

  it('of many problems names the first fifty, and counts the rest at its line', () => {
    const good = 'name: A\nbio: B\nvoice: C\nlook: D\nplanners: { a: { covers: b, guidance: c } }\n';
    const { problems } = parseAccount('x', `${good}${keys(200)}`);
    expect(problems.map(({ line }) => line)).toEqual(Array.from({ length: 51 }, (_, n) => n + 6));
    expect(problems[49]).toEqual({ line: 55, field: 'k49', message: expect.stringMatching(/^unknown key/) });
    expect(problems[50]).toEqual({ line: 56, field: 'file', message: 'and 150 more problems' });
  });
});

it.each([
  ['a: 1\nb: [1, 2]\nc:\n  - d: e\n    f: |\n      *no alias*\n      [[[[[[[[[[[[[[[[[[[[[[[[\n', undefined],
  [`a: ${'['.repeat(19)}`, undefined],
  [`a: ${'['.repeat(20)}`, 'is nested more than the 20 levels allowed'],
  [`a: x\nb: ${'- '.repeat(21)}`, 'is nested more than the 20 levels allowed'],
  [`a: &x 1\nb: [${'*x,'.repeat(50)}]`, undefined],
  [`a: &x 1\nb: [${'*x,'.repeat(51)}]`, 'uses more than the 50 YAML aliases allowed'],
])('the excess of %j is %s', (text, message) => {
  expect(yamlExcess(text)?.message).toBe(message);
});
