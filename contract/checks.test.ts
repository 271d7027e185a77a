import { describe, expect, it } from 'vitest';
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

describe('checkDraft', () => {
  it('has one check a rule, in the order of the parts', () => {
    const checks = checkDraft(good, style, button);
    expect(checks.map(({ rule }) => rule)).toEqual([
      'title.length',
      'body.paragraphs',
      'body.words',
      'body.length',
      'caption.length',
      'hashtags.count',
      'hashtags.form',
      'imagePrompt.length',
      'altText.length',
      'banned',
      'button',
    ]);
    for (const check of checks) expect(check).toMatchObject({ ok: true, detail: null });
  });

  it('holds a clip to its shot and its caption, and to no body', () => {
    const checks = checkDraft(clip, style, button);
    expect(checks.map(({ rule }) => rule)).toContain('shot.length');
    expect(checks.map(({ rule }) => rule).join()).not.toContain('body');
    expect(failedChecks(checks)).toEqual([]);
  });

  it.each<[string, Partial<Draft>, rule: string, detail: string]>([
    [
      'a long title',
      { title: 'x'.repeat(41) },
      'title.length',
      'the title has 41 characters, at most 40 asked for',
    ],
    ['one paragraph', { body: button }, 'body.paragraphs', 'the body has 1 paragraph, at least 3 asked for'],
    [
      'a long body',
      { body: `a\n\nb\n\n${'word '.repeat(29)}\n\n${button}` },
      'body.words',
      'the body has 36 words, at most 30 asked for',
    ],
    [
      'a body of endless words',
      { body: `a\n\nb\n\n${'x'.repeat(30_000)} bill benchmark` },
      'body.length',
      'the body has 30021 characters, at most 30000 asked for',
    ],
    [
      'a long caption',
      { caption: 'x'.repeat(61) },
      'caption.length',
      'the caption has 61 characters, at most 60 asked for',
    ],
    ['no hashtag', { hashtags: [] }, 'hashtags.count', '0 hashtags, between 2 and 3 asked for'],
    ['a hashtag too few', { hashtags: ['ai'] }, 'hashtags.count', '1 hashtag, between 2 and 3 asked for'],
    [
      'hashtags too many',
      { hashtags: Array.from({ length: 12 }, (_, at) => `a${at}`) },
      'hashtags.count',
      '12 hashtags, between 2 and 3 asked for',
    ],
    [
      'an odd hashtag',
      { hashtags: ['ai', 'C#'] },
      'hashtags.form',
      '"C#" is not one word of letters, digits and _ for a hashtag, at most 60 characters',
    ],
    [
      'odd hashtags',
      { hashtags: ['C++', 'C#'] },
      'hashtags.form',
      '"C++", "C#" are not single words of letters, digits and _ for a hashtag, at most 60 characters',
    ],
    [
      'a long prompt',
      { imagePrompt: 'x'.repeat(2_001) },
      'imagePrompt.length',
      'the prompt of the picture has 2001 characters, at most 2000 asked for',
    ],
    ['no alt text', { altText: '' }, 'altText.length', 'there is no alt text: say what the picture shows'],
    [
      'long alt text',
      { altText: 'x'.repeat(1_001) },
      'altText.length',
      'the alt text has 1001 characters, at most 1000 asked for',
    ],
    [
      'a banned phrase in any case',
      { caption: 'a game changer' },
      'banned',
      'the phrase "Game Changer" is banned',
    ],
    [
      'a banned phrase over two lines',
      { altText: 'game\nchanger' },
      'banned',
      'the phrase "Game Changer" is banned',
    ],
    [
      'banned phrases with other quotes',
      { caption: 'It’s not just a game changer' },
      'banned',
      'the phrases "Game Changer", "it\'s not just" are banned',
    ],
    [
      'a body that does not land',
      { body: `${button}\n\nb\n\nSee you next week.` },
      'button',
      'the last paragraph of the body does not land on the button "The bill is the benchmark."',
    ],
  ])('%s is a miss', (_name, change, rule, detail) => {
    expect(failed({ ...good, ...change })).toEqual([{ rule, ok: false, detail }]);
  });

  it('counts characters as readers do', () => {
    expect(failed({ ...good, title: '👍'.repeat(40) })).toEqual([]);
  });

  it('does not speak of the button where the style does not ask for it', () => {
    const rules = checkDraft(good, { ...style, buttonLast: false }, button).map(({ rule }) => rule);
    expect(rules).not.toContain('button');
  });

  it('says it plainly where the style leaves no choice', () => {
    const [check] = failed(good, { ...style, hashtagsMin: 3, hashtagsMax: 3 });
    expect(check?.detail).toBe('2 hashtags, exactly 3 asked for');
  });

  it('says of a caption that it does not land', () => {
    expect(failed({ ...clip, caption: 'Watch.' })[0]?.detail).toContain('the last paragraph of the caption');
  });
});

describe('missesOf', () => {
  it('is every miss, a line each', () => {
    expect(missesOf(checkDraft(good, style, button))).toEqual([]);
    expect(missesOf(checkDraft({ ...good, altText: '', hashtags: ['ai'] }, style, button))).toEqual([
      '1 hashtag, between 2 and 3 asked for',
      'there is no alt text: say what the picture shows',
    ]);
  });
});

describe('reasonsIn', () => {
  it('is one line, with an end', () => {
    const reasons = Array.from({ length: 80 }, () => 'a\nreason of some length');
    expect(reasonsIn(reasons)).not.toMatch(/\n/);
    expect(reasonsIn(reasons)?.length).toBe(1_000);
    expect(reasonsIn([])).toBeNull();
  });
});
