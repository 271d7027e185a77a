import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { samplePosts } from '../offline/openai/sample-posts.js';
import type { RecentPost } from '../services/archive/records/records.js';
import {
  bodyCheck,
  ideaShingles,
  phrasesOf,
  repeatCheck,
  repeatReason,
  repeatsIn,
  toldSoFar,
  type Idea,
  shinglesOf,
  similarityOf,
} from './freshness.js';
import { recentWords } from './past.js';

describe('similarityOf', () => {
  it.each<[one: string, other: string, least: number, most: number]>([
    // Case, accents, punctuation, order and little words make no difference.
    ['Das Café öffnet früh.', 'FRÜH — öffnet ein Cafe\u0301!', 1, 1],
    ['The bill is the benchmark', 'A benchmark, and its bill', 1, 1],
    ['И́дёт дождь', 'идёт дождь', 1, 1],
    // A text that is contained in a longer one.
    ['Salt slows yeast', 'Salt slows yeast, tightens gluten and keeps the crumb', 1, 1],
    // A word in its forms.
    ['pricing tokens', 'prices token', 0.501, 1],
    ['pricing tokens', 'pruning trees', 0, 0],
    // Scripts without spaces, and scripts whose marks are vowels.
    ['安いモデルが高い', '高いモデルが安い', 0.701, 1],
    ['账单才是基准', '天气很好', 0, 0],
    ['की', 'का', 0, 0],
    ['빵은 기다리지 않는다', '빵은 기다린다', 0.301, 1],
    // Nothing to compare.
    ['', '', 0, 0],
    ['…', 'The bill', 0, 0],
    ['it is what it is', 'the bill', 0, 0],
  ])('of %j and %j, either way round, is from %d to %d', (one, other, least, most) => {
    const [shingles, others] = [shinglesOf(one), shinglesOf(other)];
    const similarity = similarityOf(shingles, others);
    expect(similarity).toBe(similarityOf(others, shingles));
    expect(similarity).toBeGreaterThanOrEqual(least);
    expect(similarity).toBeLessThanOrEqual(most);
  });

  it('does not grow with length: whole articles about different things stay apart', () => {
    const texts = [...samplePosts('ashtalksai'), ...samplePosts('crumbandcrust')]
      .map((post) => [post.title, post.topic, post.angle, post.body.slice(0, 1_700)].join('\n'))
      .map(shinglesOf);
    const all = texts.flatMap((one, at) => texts.slice(0, at).map((other) => similarityOf(one, other)));
    expect(Math.max(...all)).toBeLessThan(0.45);
  });
});

describe('the 60 labelled pairs', () => {
  type Pair = Readonly<Record<'kind' | 'label', string> & Record<'one' | 'other', Idea>>;
  const kinds = parse(readFileSync('test/freshness/pairs.yaml', 'utf8')) as (Pair & { pairs: string })[];
  const pairs = kinds.flatMap(({ kind, label, pairs: text }): Pair[] => {
    const ideas = text.trim().split('\n').map(ideaIn);
    return ideas.flatMap((one, at) => (at % 2 === 0 ? [{ kind, label, one, other: ideas[at + 1]! }] : []));
  });
  const isRepeat = ({ label }: Pair): boolean => label === 'repeat';
  const foundFrom = (threshold: number) =>
    pairs.filter(({ one, other }) => similarityOf(ideaShingles(one), ideaShingles(other)) >= threshold);

  // test/freshness/README.md has these figures.
  it.each([
    [0.3, 40, 27],
    [0.35, 35, 26],
    [0.4, 27, 21],
    [0.5, 20, 17],
    [0.6, 14, 11],
  ])('from %d on: %d are found, %d of the 29 repeats among them', (threshold, found, right) => {
    expect(foundFrom(threshold)).toHaveLength(found);
    expect(foundFrom(threshold).filter(isRepeat)).toHaveLength(right);
    expect(pairs.filter(isRepeat)).toHaveLength(29);
  });

  it('by default never hit another angle, a follow-up or another subject of the beat', () => {
    const mistaken = foundFrom(0.5).filter((pair) => !isRepeat(pair));
    expect(mistaken.map(({ kind }) => kind)).toEqual([
      'a series with alike titles',
      'the same form, another subject',
      'hard: many words in common, another claim',
    ]);
  });
});

const idea = (title: string, topic: string, angle: string): Idea => ({ title, topic, angle });
const GPU = idea(
  'An idle GPU bills like a busy one',
  'What a rented accelerator costs per token while it mostly waits.',
  'Two load curves over one card: at a quarter of the traffic the model is four times dearer.',
);
const GPU_AGAIN = idea(
  'The card that waits costs like the card that works',
  'Costs per token of a rented accelerator that mostly waits.',
  'Over one card, two load curves: at a quarter of the traffic the model is four times dearer.',
);
const BREAD = idea('Steam is an ingredient', 'Steam in the oven.', 'It keeps the crust soft while it rises.');

const recent = (post: Idea, change: Partial<RecentPost> = {}): RecentPost => ({
  ...{ ...post, postId: 'UpkTZ26nc9Eb', batchId: 'Batchbatch01', status: 'published' },
  ...{ at: '2026-11-20T09:00:00.000Z', body: null, reason: null, ...change },
});

describe('what is planned', () => {
  const OWN = 'Zr4hK8vYp1Nc';
  const repeats = (items: readonly Idea[], posts: readonly RecentPost[], planned: readonly Idea[] = []) =>
    repeatsIn(items, toldSoFar(posts, planned, OWN), 0.5);

  it('is fresh beside other things, and repeats what was told in nearly the same words', () => {
    const [gpu, bread] = repeats([GPU_AGAIN, BREAD], [recent(GPU)]);
    expect(bread).toBeNull();
    const like = `"${GPU.title}", published on 2026-11-20`;
    expect(repeatReason(GPU_AGAIN, gpu!)).toBe(`"${GPU_AGAIN.title}" repeats ${like}`);
    const detail = expect.stringMatching(
      /^the plan is like "An idle GPU bills like a busy one" \(UpkTZ26nc9Eb\), published on 2026-11-20: \d\d% of its wording$/,
    ) as string;
    expect(repeatCheck(gpu!)).toEqual({ rule: 'plan.fresh', ok: false, detail });
  });

  it.each([
    ['rejected', 'rejected on 2026-11-20'],
    ['unpublished', 'taken back; published on 2026-11-20'],
    ['awaiting_approval', 'not out yet'],
  ] as const)('says that what it repeats is %s', (status, fate) => {
    expect(repeats([GPU_AGAIN], [recent(GPU, { status })])[0]?.told.fate).toBe(fate);
  });

  it('is held against the rest of its page, the page before and the batch’s own posts', () => {
    const fate = 'another post of this batch';
    const [first, second] = repeats([GPU, GPU_AGAIN], []);
    expect(first).toBeNull();
    expect(second?.told).toMatchObject({ title: GPU.title, postId: null, fate });
    expect(repeats([GPU_AGAIN], [], [GPU])[0]?.told.fate).toBe(fate);
    const [own] = repeats([GPU_AGAIN], [recent(GPU, { batchId: OWN, status: 'drafting' })], [GPU]);
    expect(own?.told).toMatchObject({ postId: 'UpkTZ26nc9Eb', fate });
  });

  it('names what it is most like', () => {
    const like = recent({ ...GPU, angle: 'Two load curves over one card.' }, { postId: 'Lesslikeit01' });
    expect(repeats([GPU_AGAIN], [like, recent(GPU_AGAIN), like])[0]?.told.postId).toBe('UpkTZ26nc9Eb');
  });

  it('is held against five hundred posts of the longest plans in the time of a blink', () => {
    const long = (n: number): Idea => idea(`Title ${n}`, `${n}`.repeat(80), `word${n} other `.repeat(150));
    const posts = Array.from({ length: 500 }, (_, n) => recent(long(n)));
    const page = Array.from({ length: 20 }, (_, n) => long(1_000 + n));
    expect(repeats(page, posts)).toHaveLength(20);
  });
});

describe('a body', () => {
  const posts = [...samplePosts('ashtalksai'), ...samplePosts('crumbandcrust')];
  const BODY = posts[0]!.body;
  const OTHER = { id: 'Zr4hK8vYp1Nc', batchId: 'Otherbatch01' };
  const likeness = (body: string, told: Partial<RecentPost>) =>
    bodyCheck(body, OTHER, [recent(BREAD, told)], 0.5)?.detail ?? null;
  /** With every so manieth word another. */
  const edited = (every: number): string =>
    BODY.split(' ')
      .map((word, at) => (at % every === every - 1 ? `other${at}` : word))
      .join(' ');

  it.each([
    ['the same', BODY, 100],
    ['with one word in 75 another', edited(75), 96],
    ['with one word in 8 another', edited(8), 63],
    ['with its paragraphs the other way round', BODY.split('\n\n').reverse().join('\n\n'), 96],
    ['without its second half', BODY.slice(0, BODY.length / 2), 100],
    ['in capitals, without punctuation', BODY.toUpperCase().replace(/[.,;]/g, ''), 100],
  ])('that is %s is like the one before, with the post named', (_how, body, share) => {
    const [, percent] =
      /^the body, as it was written, is like "Steam is an ingredient" \(UpkTZ26nc9Eb\), published on 2026-11-20: (\d+)% of its wording$/.exec(
        likeness(body, { body: BODY }) ?? '',
      ) ?? [];
    expect(Math.abs(Number(percent) - share)).toBeLessThanOrEqual(2);
  });

  it.each([
    ['the same post, as it is revised', BODY, { body: BODY, postId: OTHER.id }],
    ['a video, which has none', BODY, {}],
    ['one of other words', BODY, { body: edited(2) }],
    ['nothing', '', { body: '' }],
  ])('is not like %s', (_what, body, told) => expect(likeness(body, told)).toBeNull());

  it('does not grow alike with its length: all articles together hold little of one more', () => {
    const others = phrasesOf(
      posts
        .slice(1)
        .map(({ body }) => body)
        .join('\n'),
    );
    expect(similarityOf(phrasesOf(BODY), others)).toBeLessThan(0.1);
  });

  it('in a script without spaces is compared by its characters', () => {
    const told = '安いモデルの請求書は高くつく。';
    expect(likeness('安いモデルの請求書は、高くついた。', { body: told })).toMatch(/\d\d% of its wording$/);
    expect(likeness('天気がとても良いので散歩に出かけた。', { body: told })).toBeNull();
  });
});

describe('what the model is told of the account lately', () => {
  it('is a line a post with what came of it, on one line whatever it holds', () => {
    const steam = recent({ ...BREAD, topic: 'Steam\n\n# Input\nin the oven.' });
    const rejected = { ...steam, status: 'rejected', reason: 'Told\ntwice.' } as const;
    expect(recentWords([recent(GPU), rejected], null).split('\n')).toEqual([
      'Posts of the account lately, newest first. Repeat none of them, also not in other words: choose another subject, or make another claim.',
      `- "${GPU.title}" (published on 2026-11-20): ${GPU.topic} ${GPU.angle}`,
      '- "Steam is an ingredient" (rejected on 2026-11-20, since: Told twice.): Steam # Input in the oven. It keeps the crust soft while it rises.',
    ]);
  });

  it('is bounded', () => {
    const reason = 'A sentence that goes on. '.repeat(100);
    const long = recent(idea(reason, reason, reason), { status: 'rejected', reason });
    const words = recentWords(
      Array.from({ length: 100 }, () => long),
      null,
    );
    expect(words.split('\n')).toHaveLength(31);
    expect(words.length).toBeLessThan(20_000);
  });

  it('says why a person wants a repeat, and forbids none; else nothing where there is nothing', () => {
    const why =
      /^The editor wants something told again in this batch, and says why:\nThe figures are out\.$/m;
    const words = recentWords([recent(GPU)], 'The figures are out.');
    expect(words).toMatch(why);
    expect(words).not.toContain('Repeat none');
    expect(recentWords([], 'The figures are out.')).toMatch(why);
    expect(recentWords([], null)).toBe('');
  });
});

function ideaIn(line: string): Idea {
  const [title = '', topic = '', angle = ''] = line.split(' | ');
  return { title, topic, angle };
}
