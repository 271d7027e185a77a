import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { samplePosts } from '../offline/openai/sample-posts.js';
import { ideaShingles, type Idea } from './freshness.js';
import { shinglesOf, similarityOf } from './similarity.js';

const alike = (one: string, other: string): number => similarityOf(shinglesOf(one), shinglesOf(other));

describe('similarityOf', () => {
  it('is 1 of what differs in case, accents, punctuation, order and little words', () => {
    expect(alike('Das Café öffnet früh.', 'FRÜH — öffnet ein Cafe\u0301!')).toBe(1);
    expect(alike('The bill is the benchmark', 'A benchmark, and its bill')).toBe(1);
    expect(alike('И́дёт дождь', 'идёт дождь')).toBe(1);
  });

  it('is 1 of a text that is contained in a longer one, and the same both ways', () => {
    expect(alike('Salt slows yeast', 'Salt slows yeast, tightens gluten and keeps the crumb')).toBe(1);
    expect(alike('Salt slows yeast, tightens gluten', 'Salt slows yeast')).toBe(1);
  });

  it('sees a word in its forms', () => {
    expect(alike('pricing tokens', 'prices token')).toBeGreaterThan(0.5);
    expect(alike('pricing tokens', 'pruning trees')).toBe(0);
  });

  it('reads scripts without spaces, and scripts whose marks are vowels', () => {
    expect(alike('安いモデルが高い', '高いモデルが安い')).toBeGreaterThan(0.7);
    expect(alike('账单才是基准', '天气很好')).toBe(0);
    expect(alike('की', 'का')).toBe(0);
    expect(alike('빵은 기다리지 않는다', '빵은 기다린다')).toBeGreaterThan(0.3);
  });

  it('is 0 where there is nothing to compare', () => {
    expect(alike('', '')).toBe(0);
    expect(alike('…', 'The bill')).toBe(0);
    expect(alike('it is what it is', 'the bill')).toBe(0);
  });
});

interface Pair {
  readonly kind: string;
  readonly label: 'repeat' | 'fresh';
  readonly one: Idea;
  readonly other: Idea;
}
const kinds = parse(readFileSync('test/freshness/pairs.yaml', 'utf8')) as (Pair & { pairs: string })[];
const pairs = kinds.flatMap(({ kind, label, pairs: text }): Pair[] => {
  const ideas = text.trim().split('\n').map(ideaIn);
  return ideas.flatMap((one, at) => (at % 2 === 0 ? [{ kind, label, one, other: ideas[at + 1]! }] : []));
});

function ideaIn(line: string): Idea {
  const [title = '', topic = '', angle = ''] = line.split(' | ');
  return { title, topic, angle };
}

const similarity = ({ one, other }: Pair): number => similarityOf(ideaShingles(one), ideaShingles(other));

/** How the check does on the labelled pairs from a threshold on. */
function measured(threshold: number) {
  const found = pairs.filter((pair) => similarity(pair) >= threshold);
  const right = found.filter(({ label }) => label === 'repeat').length;
  const repeats = pairs.filter(({ label }) => label === 'repeat').length;
  return { found: found.length, right, repeats };
}

describe('the 60 labelled pairs', () => {
  // test/freshness/README.md has these figures.
  it.each([
    [0.3, { found: 40, right: 27 }],
    [0.35, { found: 35, right: 26 }],
    [0.4, { found: 27, right: 21 }],
    [0.5, { found: 20, right: 17 }],
    [0.6, { found: 14, right: 11 }],
  ])('from %d on are told apart so', (threshold, figures) => {
    expect(measured(threshold)).toEqual({ ...figures, repeats: 29 });
  });

  it('by default never hit another angle, a follow-up or another subject of the beat', () => {
    const mistaken = pairs.filter((pair) => pair.label === 'fresh' && similarity(pair) >= 0.5);
    expect(mistaken.map(({ kind }) => kind)).toEqual([
      'a series with alike titles',
      'the same form, another subject',
      'hard: many words in common, another claim',
    ]);
  });
});

it('does not grow with length: whole articles about different things stay apart', () => {
  const texts = [...samplePosts('ashtalksai'), ...samplePosts('crumbandcrust')]
    .map((post) => [post.title, post.topic, post.angle, post.body.slice(0, 1_700)].join('\n'))
    .map(shinglesOf);
  const most = texts.flatMap((one, at) => texts.slice(0, at).map((other) => similarityOf(one, other)));
  expect(Math.max(...most)).toBeLessThan(0.45);
});
