import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { planSchema } from './plan-schema.js';
import { account } from './testing/samples.js';

const schema = planSchema({ video: 1, hero_text: 2 }, account.style);
const item = {
  content_format: 'hero_text',
  title: 'A',
  topic: 'T',
  angle: 'A',
  rationale: 'R',
  news_peg: null,
  button: 'B',
};
const items = (answer: unknown) => schema.parse(answer).items;

describe('the schema of a plan', () => {
  it('has the count asked for and every length, in numbers and in words', () => {
    const { items: list } = z.toJSONSchema(schema).properties as Record<string, any>;
    expect(list).toMatchObject({
      minItems: 3,
      maxItems: 3,
      description: expect.stringMatching(/^Generate exactly 3/),
    });
    expect(list.items.properties).toMatchObject({
      content_format: { enum: ['video', 'hero_text'] },
      title: { minLength: 1, maxLength: 83, description: expect.stringContaining('at most 83 characters') },
      topic: { minLength: 1, maxLength: 400, description: expect.stringContaining('at most 400 characters') },
      angle: { maxLength: 2_000 },
      rationale: { maxLength: 2_000 },
      news_peg: { maxLength: 1_000 },
      button: {
        minLength: 1,
        maxLength: 160,
        description: expect.stringContaining('at most 160 characters'),
      },
    });
  });

  it('takes any count and any length: the rules say what is wrong, all at once', () => {
    expect(items({ items: [] })).toEqual([]);
    expect(items({ items: [{ ...item, button: 'x'.repeat(900) }] })[0]?.button).toHaveLength(900);
  });

  it.each([[undefined], [null], [''], ['null'], ['None'], ['N/A'], ['-']])(
    'takes the news peg %j as none',
    (news_peg) => {
      expect(items({ items: [{ ...item, news_peg }] })[0]?.news_peg).toBeNull();
    },
  );

  it.each([['hero_text'], ['Hero Text'], [' HERO-TEXT ']])(
    'takes the format %j as hero_text',
    (content_format) => {
      expect(items({ items: [{ ...item, content_format }] })[0]?.content_format).toBe('hero_text');
    },
  );

  it('leaves a format that was not asked for, which is off the mix', () => {
    expect(
      items({ items: [{ ...item, content_format: 'podcast' }, {}] }).map((one) => one.content_format),
    ).toEqual(['podcast', '']);
  });

  it('takes a bare list, and an only item by itself', () => {
    expect(items([item, item])).toHaveLength(2);
    expect(items(item)).toEqual([item]);
  });

  it.each([['text'], [null], [{}], [{ items: 'none' }], [{ items: ['A title'] }]])('refuses %j', (answer) => {
    expect(schema.safeParse(answer).success).toBe(false);
  });
});
