/** What becomes of a draft that a model wrote: it is read, put in order, and judged. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseAccount } from '../config/accounts/parse.js';
import { checkDraft, failedChecks } from '../contract/checks.js';
import { charactersOf, type Draft } from '../contract/draft.js';
import { formatOf } from '../contract/formats/registry.js';
import { draftMisses, draftProblem, tidyDraft, splitHashtags, tidyHashtags } from './draft-rules.js';
import { draftSchema, toDraft } from './draft-schema.js';
import { account, post } from './testing/samples.js';

const draft = (change: Partial<Draft> = {}): Draft => ({
  title: 'What a token costs',
  body: 'One thing.\n\nAnother thing.\n\nA third.\n\nThe sea keeps the other time.',
  caption: 'A caption.',
  hashtags: ['ai', 'llm'],
  imagePrompt: 'A till',
  shot: null,
  altText: 'A till on a counter',
  ...change,
});

describe('draftProblem', () => {
  const LONG = { title: 'x'.repeat(500), body: 'word '.repeat(9_000), caption: 'x'.repeat(9_000) };
  it.each<[string, Partial<Draft>, string | null]>([
    ['no title', { title: '' }, 'the title is empty'],
    ['a title of punctuation', { title: '…' }, 'the title is empty'],
    ['no article', { body: '' }, 'the body is empty'],
    ['no caption', { caption: '' }, 'the caption is empty'],
    ['no picture', { imagePrompt: ' ' }, 'the prompt of the picture is empty'],
    ['no shot', { shot: '' }, 'the shot is empty'],
    ['two parts empty', { title: '', caption: '-' }, 'the title is empty; the caption is empty'],
    ['all of the house style', {}, null],
    ['no body or shot where the format has none', { body: null, shot: null }, null],
    ['a caption of an emoji', { caption: '🌊' }, null],
    ['a title of another script', { title: '海' }, null],
    ['no alt text or hashtags', { altText: '', hashtags: [] }, null],
    ['too much everywhere', LONG, null],
  ])('of a draft with %s', (_name, change, problem) => {
    expect(draftProblem(draft(change))).toBe(problem);
  });
});

it('draftMisses is every miss of the account’s style, a line each, and the button where that is asked for', () => {
  expect(draftMisses(draft(), post('hero_text'))).toEqual([]);
  expect(draftMisses(draft({ hashtags: ['a'], body: 'A sea change.' }), post('hero_text'))).toEqual([
    'the body has 1 paragraph, at least 4 asked for',
    '1 hashtag, between 2 and 4 asked for',
    'the phrase "sea change" is banned',
    'the last paragraph of the body does not land on the button "The sea keeps the other time."',
  ]);
});

describe('the schema of a draft', () => {
  const hero = draftSchema(formatOf('hero_text'), account.style);
  const clip = draftSchema(formatOf('video'), account.style);
  const fieldsOf = (schema: z.ZodType): Record<string, any> => z.toJSONSchema(schema).properties ?? {};

  it.each<[string, object, string]>([
    ['title', { type: 'string', minLength: 1, maxLength: 83 }, 'at most 83 characters'],
    ['body', { minLength: 1, maxLength: 3_770 }, 'At least 4 paragraphs separated by blank lines'],
    ['body', { minLength: 1, maxLength: 3_770 }, 'at most 377 words'],
    ['caption', { minLength: 1, maxLength: 231 }, 'at most 231 characters'],
    ['hashtags', { minItems: 2, maxItems: 4, items: { minLength: 1, maxLength: 60 } }, 'between 2 and 4'],
    ['image_prompt', { minLength: 1, maxLength: 2_000 }, 'at most 2000 characters'],
    ['alt_text', { minLength: 1, maxLength: 1_000 }, 'at most 1000 characters'],
  ])('has the limits of a %s in numbers and in words', (name, limits, words) => {
    const description = expect.stringContaining(words) as string;
    expect(fieldsOf(hero)[name]).toMatchObject({ ...limits, description });
  });

  it('asks for an article or a shot as the format has it', () => {
    expect(fieldsOf(hero)).not.toHaveProperty('shot_description');
    expect(fieldsOf(clip)).toMatchObject({ shot_description: { minLength: 1, maxLength: 2_000 } });
    expect(fieldsOf(clip)).not.toHaveProperty('body');
    expect(toDraft(clip.parse({ body: 'An article.' })).body).toBeNull();
  });

  it('takes what is too long or too many: that is for the checks', () => {
    const written = { title: 'x'.repeat(500), hashtags: Array(20).fill('ai'), caption: 'x'.repeat(900) };
    expect(hero.safeParse(written).success).toBe(true);
  });

  it.each<[string, unknown, object]>([
    ['nothing of it', {}, { title: '', body: '', caption: '', hashtags: [], altText: '' }],
    ['null for what is missing', { hashtags: null, alt_text: null }, { altText: '', hashtags: [] }],
    ['hashtags as one text', { hashtags: '#ai #llm' }, { hashtags: ['ai', 'llm'] }],
    ['hashtags with commas', { hashtags: 'machine learning, ai' }, { hashtags: ['machinelearning', 'ai'] }],
    ['hashtags with spaces', { hashtags: 'ai llm' }, { hashtags: ['ai', 'llm'] }],
    ['a body as its paragraphs', { body: ['One.', 'Two.'] }, { body: 'One.\n\nTwo.' }],
    ['a number for a title', { title: 42 }, { title: '42' }],
    ['a list of one draft', [{ title: 'A' }], { title: 'A' }],
    ['more than was asked for', { title: 'A', mood: 'dry' }, { title: 'A' }],
  ])('takes %s', (_name, answer, read) => {
    expect(toDraft(hero.parse(answer))).toMatchObject(read);
  });

  it.each([['text'], [null], [[]], [[{}, {}]]])('refuses what is no object: %j', (answer) => {
    expect(hero.safeParse(answer).success).toBe(false);
  });
});

describe('tidyDraft', () => {
  const LEFT = '"Open" and "closed"';
  it.each<[Partial<Draft>, Partial<Draft>]>([
    [{ title: ' What  a\ntoken costs ' }, { title: 'What a token costs' }],
    [{ body: 'One. \r\n\r\n\r\n\r\nTwo.\n ' }, { body: 'One.\n\nTwo.' }],
    [{ imagePrompt: ' A till\n' }, { imagePrompt: 'A till' }],
    [{ altText: 'A\ntill ' }, { altText: 'A till' }],
    [{ title: '"What a token costs"' }, { title: 'What a token costs' }],
    [{ title: '“What a token costs”' }, { title: 'What a token costs' }],
    [{ title: '**What a token costs**' }, { title: 'What a token costs' }],
    [{ title: LEFT }, { title: LEFT }],
    // Hashtags at the end of the caption join the others, each once.
    [{ caption: 'A caption. #AI #llm #mlops' }, { caption: 'A caption.', hashtags: ['ai', 'llm', 'mlops'] }],
  ])('takes %j as %j', (written, tidy) => {
    expect(tidyDraft(draft(written))).toMatchObject(tidy);
  });

  it('keeps what is far too long to twice the limit, so that its check still fails', () => {
    const [words, letters] = ['word '.repeat(30_000), 'x'.repeat(20_000)];
    const hashtags = Array.from({ length: 400 }, (_, at) => `tag${at}`);
    const long = { title: words, body: words, caption: words, imagePrompt: letters, altText: letters };
    const tidy = tidyDraft(draft({ ...long, hashtags }));
    expect(tidy.hashtags).toHaveLength(60);
    for (const [part, most] of [
      ['title', 600],
      ['body', 60_000],
      ['caption', 10_000],
      ['imagePrompt', 4_000],
      ['altText', 2_000],
    ] as const) {
      expect(charactersOf(tidy[part] ?? ''), part).toBeLessThanOrEqual(most);
      expect(charactersOf(tidy[part] ?? ''), part).toBeGreaterThan(most / 2);
    }
  });
});

describe('tidyHashtags', () => {
  it.each<[string, string[], string[]]>([
    ['with a #', [' #ai', '##llm', '# mlops'], ['ai', 'llm', 'mlops']],
    ['twice', ['AI', 'ai', '#Ai', 'llm'], ['AI', 'llm']],
    ['of two words', ['machine learning', 'machine-learning'], ['machinelearning']],
    ['with punctuation', ['node.js', "don't", 'ai!'], ['nodejs', 'dont', 'ai']],
    ['in one text', ['#ai #llm #mlops'], ['ai', 'llm', 'mlops']],
    ['run together', ['#ai#llm'], ['ai', 'llm']],
    ['in one text with commas', ['ai, llm; mlops'], ['ai', 'llm', 'mlops']],
    ['of other scripts', ['#хлеб', '海', 'हिन्दी'], ['хлеб', '海', 'हिन्दी']],
    ['whose sign says something', ['C#', 'C++'], ['C#', 'C++']],
    ['of nothing', ['', '#', '  '], []],
  ])('%s', (_name, written, tidy) => {
    expect(tidyHashtags(written)).toEqual(tidy);
  });
});

describe('splitHashtags', () => {
  it.each<[string, string, string[]]>([
    ["That's it. #ai #llm", "That's it.", ['ai', 'llm']],
    ['That is it.\n\n#ai, #llm', 'That is it.', ['ai', 'llm']],
    ['No full stop #ai #llm', 'No full stop', ['ai', 'llm']],
    ['It said "no." #ai', 'It said "no."', ['ai']],
    // A word of the sentence, and a caption of nothing else.
    ['We all love #rust', 'We all love #rust', []],
    ['Why #ai is cheap.', 'Why #ai is cheap.', []],
    ['#ai #llm', '#ai #llm', []],
    ['We are #1', 'We are #1', []],
    ['', '', []],
  ])('%s', (caption, rest, hashtags) => {
    expect(splitHashtags(caption)).toEqual({ caption: rest, hashtags });
  });
});

describe('a post that a system like this one published for real', () => {
  const file = 'name: A\nbio: B\nvoice: C\nlook: D\nplanners: { e: { covers: F, guidance: G } }\n';
  const { style } = parseAccount('nightferries', file).account!;
  const button =
    "the benchmark isn't the model. It's the agreement between the training team and the evaluators.";
  const written = {
    title: "Why benchmark scores don't predict what your model will actually do",
    body: `Every major model release now comes with a leaderboard screenshot and a number designed to end the conversation. MMLU: 89.2. HumanEval: 91.4. The coverage follows within the hour. Rarely does anyone ask the one question that changes what the number means: was any of this in the training data?

Contamination isn't exotic. It's the default risk when the eval sets are public, the training corpora are massive and poorly documented, and the team reporting the result is also the team that picked the benchmark. 'Held-out' in practice means the evaluators didn't intentionally train on it. That's a different claim than 'the model has never seen this.' When you ask a model to solve a problem it saw a paraphrase of during pre-training, you're measuring recall with extra steps. When benchmark committees don't publish decontamination methodology, a top leaderboard position is not evidence of capability. It's evidence that the eval wasn't adversarial enough.

What to actually ask when a new result lands: Did they test on a private held-out set with verifiable timestamps? Did performance hold on tasks released after the training cutoff? Does the number move when you swap to a structurally similar benchmark the model hasn't been optimized against? Those questions rarely appear in the press release. The benchmark isn't the model. It's the agreement between the training team and the evaluators, and right now that agreement is doing a lot of work it was never designed to do.`,
    caption:
      "A leaderboard position is an agreement between the training team and the evaluators. That's it.",
    hashtags: ['ai', 'machinelearning', 'llm', 'mlops'],
    image_prompt: 'A leaderboard printed on a paper receipt',
    alt_text: 'A paper receipt with a list of scores',
  };
  const tagged = { ...written, caption: `${written.caption} #ai #machinelearning #llm #mlops`, hashtags: [] };

  it.each([
    ['by default, which does not ask for the button', style, written],
    ['where the button is asked for', { ...style, buttonLast: true }, written],
    ['with its hashtags in the caption', style, tagged],
  ])('has no failed check in the house style of a new account %s', (_name, held, answer) => {
    const read = toDraft(draftSchema(formatOf('hero_text'), held).parse(answer));
    expect(draftProblem(read)).toBeNull();
    expect(failedChecks(checkDraft(read, held, button))).toEqual([]);
    expect(read.hashtags).toEqual(['ai', 'machinelearning', 'llm', 'mlops']);
    expect(style.buttonLast).toBe(false);
  });
});
