import { describe, expect, it } from 'vitest';
import type { HouseStyle } from '../contract/account.js';
import { planProblem, type PlannedItem } from './plan-rules.js';

const style = { titleMaxCharacters: 40, bannedPhrases: ['deep dive'] } as unknown as HouseStyle;
const item = (title: string, change: Partial<PlannedItem> = {}): PlannedItem => ({
  content_format: 'hero_text',
  title,
  topic: 'Topic',
  angle: 'Angle',
  rationale: 'Rationale',
  news_peg: null,
  button: 'Button.',
  ...change,
});
const problem = (items: PlannedItem[], taken: string[] = []): string | null =>
  planProblem(items, { mix: { hero_text: items.length }, taken, style });

describe('planProblem', () => {
  it('keeps a page that is exactly the mix, with titles of its own', () => {
    expect(problem([item('One'), item('Two')], ['Three'])).toBeNull();
  });

  it('refuses a page that is off the mix', () => {
    expect(planProblem([item('One')], { mix: { hero_text: 1, video: 1 }, taken: [], style })).toContain(
      "0 with content_format='video' where 1 were asked for",
    );
  });

  it.each<[string, PlannedItem[], string[], string]>([
    ['a title twice on the page', [item('One'), item('one!')], [], '"one!": the title is taken'],
    ['a title of before', [item('One')], ['ONE.'], '"One": the title is taken'],
    ['a title without a letter', [item('…')], [], 'the title is empty'],
    ['a long title', [item('x'.repeat(41))], [], 'the title has 41 characters, at most 40 are allowed'],
    ['a missing angle', [item('One', { angle: ' ' })], [], 'angle is empty'],
    [
      'a long button',
      [item('One', { button: 'x'.repeat(161) })],
      [],
      'button has 161 characters, at most 160',
    ],
    ['a banned phrase', [item('A Deep Dive')], [], 'the phrase "deep dive" is banned'],
  ])('refuses %s', (_name, items, taken, words) => {
    expect(problem(items, taken)).toContain(words);
  });
});
