import { describe, expect, it } from 'vitest';
import { planProblem, type PlannedItem } from './plan-rules.js';

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
  planProblem(items, { mix: { hero_text: items.length }, taken });

describe('planProblem', () => {
  it('keeps a page that is exactly the mix, with titles of its own', () => {
    expect(problem([item('One'), item('Two')], ['Three'])).toBeNull();
  });

  it('refuses a page that is off the mix', () => {
    expect(planProblem([item('One')], { mix: { hero_text: 1, video: 1 }, taken: [] })).toContain(
      "0 with content_format='video' where 1 were asked for",
    );
  });

  it.each<[string, PlannedItem[], string[], string]>([
    ['a title twice on the page', [item('One'), item('one!')], [], '"one!": the title is taken'],
    ['a title of before', [item('One')], ['ONE.'], '"One": the title is taken'],
    ['a title without a letter', [item('…')], [], 'item 1: the title is empty'],
    ['a missing angle', [item('One', { angle: ' ' })], [], '"One": the angle is empty'],
    ['a button of punctuation', [item('One', { button: '—' })], [], '"One": the button is empty'],
  ])('refuses %s', (_name, items, taken, words) => {
    expect(problem(items, taken)).toBe(words);
  });

  it('keeps what is long or banned: that is cut, or a check', () => {
    expect(problem([item('x'.repeat(400), { button: 'x'.repeat(900) })])).toBeNull();
  });

  it('tells everything at once, bounded', () => {
    const page = [
      item('One', { angle: '', topic: '' }),
      item('one'),
      item('', { content_format: 'podcast' }),
    ];
    expect(planProblem(page, { mix: { hero_text: 3 }, taken: [] })).toBe(
      "the answer holds 2 with content_format='hero_text' where 3 were asked for and 1 with a content_format that was not asked for; " +
        '"One": the topic is empty, the angle is empty; "one": the title is taken; item 3: the title is empty',
    );
    const many = Array.from({ length: 20 }, () => item('The same title on every item of the page'));
    expect(problem(many)!.length).toBeLessThanOrEqual(1_000);
  });
});
