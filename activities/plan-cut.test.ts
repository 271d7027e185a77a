import { describe, expect, it } from 'vitest';
import type { HouseStyle } from '../contract/account.js';
import { cutItem } from './plan-cut.js';
import type { PlannedItem } from './plan-rules.js';

const style = {
  titleMaxCharacters: 40,
  bannedPhrases: ['deep dive', 'game changer'],
} as unknown as HouseStyle;
const item: PlannedItem = {
  content_format: 'hero_text',
  title: 'One',
  topic: 'Topic',
  angle: 'Angle',
  rationale: 'Rationale',
  news_peg: null,
  button: 'Button.',
};

describe('cutItem', () => {
  it('leaves what fits, without a check', () => {
    expect(cutItem(item, style)).toEqual({ item, checks: [] });
  });

  it.each<[keyof PlannedItem, string, number, string]>([
    ['title', 'plan.title', 40, 'title'],
    ['topic', 'plan.topic', 400, 'topic'],
    ['angle', 'plan.angle', 2_000, 'angle'],
    ['rationale', 'plan.rationale', 2_000, 'rationale'],
    ['news_peg', 'plan.newsPeg', 1_000, 'news peg'],
    ['button', 'plan.button', 160, 'button'],
  ])('cuts a long %s and says so', (field, rule, most, name) => {
    const long = 'word '.repeat(500).trim();
    const cut = cutItem({ ...item, [field]: long }, style);
    expect(cut.item[field]).toMatch(/^word( word)*…$/);
    expect(cut.item[field]!.length).toBeLessThanOrEqual(most);
    const detail = `the plan’s ${name} had 2499 characters and was cut to ${most}`;
    expect(cut.checks).toEqual([{ rule, ok: false, detail }]);
  });

  it('puts space in order, which is no cut', () => {
    const { item: tidy, checks } = cutItem({ ...item, title: ' One\n two ', angle: 'A\n\nB ' }, style);
    expect(tidy).toMatchObject({ title: 'One two', angle: 'A\n\nB' });
    expect(checks).toEqual([]);
  });

  it('names the banned phrases of title and button', () => {
    const { checks } = cutItem({ ...item, title: 'A Deep  Dive', button: 'A game changer.' }, style);
    expect(checks).toEqual([
      {
        rule: 'plan.banned',
        ok: false,
        detail: 'in the plan the phrases "deep dive", "game changer" are banned',
      },
    ]);
  });
});
