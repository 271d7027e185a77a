import { expect, it } from 'vitest';
import type { HouseStyle } from './account.js';
import { checkDraft, failedChecks, missesOf, reasonsIn } from './checks.js';
import type { Draft } from './draft.js';

const style: HouseStyle = {
  titleMaxCharacters: 40,
  bodyMinParagraphs: 3,
  bodyMaxWords: 30,
  captionMaxCharacters: 60,
  hashtagsMin: 2,
  hashtagsMax: 3,
  bannedPhrases: ['Game Changer', "it's not just"],
  buttonLast: true,
};
const button = 'The bill is the benchmark.';
const good: Draft = {
  title: 'What a token costs',
  body: 'One thing.\n\nAnother thing.\n\nA third, and then your benchmark is the bill.',
  caption: 'A caption.',
  hashtags: ['ai', 'llm'],
  imagePrompt: 'A till',
  shot: null,
  altText: 'A till on a counter',
};
const clip: Draft = { ...good, body: null, shot: 'A slow zoom', caption: `Watch.\n\n${button}` };
const failed = (draft: Draft, of = style) => failedChecks(checkDraft(draft, of, button));
const rulesOf = (draft: Draft, of = style): string =>
  checkDraft(draft, of, button)
    .map(({ rule }) => rule)
    .join(' ');

const AFTER_BODY =
  'caption.length hashtags.count hashtags.form imagePrompt.length altText.length banned button';

it('has one check a rule, in the order of the parts', () => {
  expect(rulesOf(good)).toBe(`title.length body.paragraphs body.words body.length ${AFTER_BODY}`);
  for (const check of checkDraft(good, style, button))
    expect(check).toMatchObject({ ok: true, detail: null });
});

it('holds a clip to its shot and its caption, and to no body', () => {
  const rules = AFTER_BODY.replace('altText', 'shot.length altText');
  expect(rulesOf(clip)).toBe(`title.length ${rules}`);
  expect(failed(clip)).toEqual([]);
  expect(failed({ ...clip, caption: 'Watch.' })[0]?.detail).toContain('the last paragraph of the caption');
});

const HASHTAG = 'of letters, digits and _ for a hashtag, at most 60 characters';
const TWELVE = Array.from({ length: 12 }, (_, at) => `a${at}`);
const LONG_BODY = `a\n\nb\n\n${'word '.repeat(29)}\n\n${button}`;
const ENDLESS_BODY = `a\n\nb\n\n${'x'.repeat(30_000)} bill benchmark`;
const BANNED = 'It’s not just a game changer';
const NOT_LANDING = `${button}\n\nb\n\nSee you next week.`;

it.each<[rule: string, detail: string, change: Partial<Draft>]>([
  ['body.paragraphs', 'the body has 1 paragraph, at least 3 asked for', { body: button }],
  ['body.words', 'the body has 36 words, at most 30 asked for', { body: LONG_BODY }],
  ['body.length', 'the body has 30021 characters, at most 30000 asked for', { body: ENDLESS_BODY }],
  ['hashtags.count', '0 hashtags, between 2 and 3 asked for', { hashtags: [] }],
  ['hashtags.count', '1 hashtag, between 2 and 3 asked for', { hashtags: ['ai'] }],
  ['hashtags.count', '12 hashtags, between 2 and 3 asked for', { hashtags: TWELVE }],
  ['hashtags.form', `"C#" is not one word ${HASHTAG}`, { hashtags: ['ai', 'C#'] }],
  ['hashtags.form', `"C++", "C#" are not single words ${HASHTAG}`, { hashtags: ['C++', 'C#'] }],
  ['altText.length', 'there is no alt text: say what the picture shows', { altText: '' }],
  ['banned', 'the phrase "Game Changer" is banned', { caption: 'a game changer' }],
  ['banned', 'the phrase "Game Changer" is banned', { altText: 'game\nchanger' }],
  ['banned', 'the phrases "Game Changer", "it\'s not just" are banned', { caption: BANNED }],
  ['button', `the last paragraph of the body does not land on the button "${button}"`, { body: NOT_LANDING }],
])('%s: %s', (rule, detail, change) => {
  expect(failed({ ...good, ...change })).toEqual([{ rule, ok: false, detail }]);
});

it.each([
  ['title', 'the title', 40],
  ['caption', 'the caption', 60],
  ['imagePrompt', 'the prompt of the picture', 2_000],
  ['shot', 'the shot', 2_000],
  ['altText', 'the alt text', 1_000],
])('%s has a longest text, counted as readers do', (part, what, most) => {
  const draft = { ...good, shot: 'A slow zoom' };
  expect(failed({ ...draft, [part]: '👍'.repeat(most) })).toEqual([]);
  const detail = `${what} has ${most + 1} characters, at most ${most} asked for`;
  const check = { rule: `${part}.length`, ok: false, detail };
  expect(failed({ ...draft, [part]: '👍'.repeat(most + 1) })).toEqual([check]);
});

it('does not speak of the button where the style does not ask for it', () => {
  expect(rulesOf(good, { ...style, buttonLast: false })).not.toContain('button');
});

it('says it plainly where the style leaves no choice', () => {
  const [check] = failed(good, { ...style, hashtagsMin: 3, hashtagsMax: 3 });
  expect(check?.detail).toBe('2 hashtags, exactly 3 asked for');
});

it('lists every miss, a line each', () => {
  expect(missesOf(checkDraft({ ...good, altText: '', hashtags: ['ai'] }, style, button))).toEqual([
    '1 hashtag, between 2 and 3 asked for',
    'there is no alt text: say what the picture shows',
  ]);
});

it('makes one line of reasons, with an end', () => {
  const reasons = Array.from({ length: 80 }, () => 'a\nreason of some length');
  expect(reasonsIn(reasons)).not.toMatch(/\n/);
  expect(reasonsIn(reasons)?.length).toBe(1_000);
  expect(reasonsIn([])).toBeNull();
});
