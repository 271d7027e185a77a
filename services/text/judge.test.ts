import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judge } from './judge.js';
import { LONGEST_TEXT } from './read-json.js';

const draft = z.object({ title: z.string(), tags: z.array(z.string()).max(3) });
const plan = z.object({ items: z.array(z.object({ title: z.string(), button: z.string() })) });
const VALUE = { title: 'Two {times} on one [clock], "as ```seen```"', tags: ['a'] };
const JSON_TEXT = JSON.stringify(VALUE);

describe('the JSON in what a model says', () => {
  it.each([
    ['alone', JSON_TEXT],
    ['after a byte order mark', `\uFEFF${JSON_TEXT}`],
    ['in a fence', '```json\n{"title":"t","tags":[]}\n```'],
    ['in a fence between words', 'Here:\n\n```\n{"title":"t","tags":[]}\n```\nHope it helps {really}!'],
    ['between words', `Here's the {draft} you asked for: ${JSON_TEXT} Hope it helps.`],
    ['after a bracket that never closes', `I use { for this. ${JSON_TEXT}`],
    ['after thoughts', `<think>A draft: {"title":"no","tags":[]} and more { of it</think>\n${JSON_TEXT}`],
    ['after thoughts whose start is missing', `So {"title":"no","tags":[]}?</think>${JSON_TEXT}`],
    ['after a first draft', `First: {"title":"no","tags":[]}. Better: ${JSON_TEXT}`],
    ['in a wrapper', JSON.stringify({ draft: VALUE })],
    ['in a list of one', JSON.stringify([VALUE])],
    ['with a comma too many', `{"title":"t","tags":["a", ],\n}`],
    ['with line breaks in a string', '{"title":"One\n\ntwo\tthree","tags":[]}'],
  ])('is found %s', (_where, text) => {
    const title = expect.not.stringMatching(/^no$/) as string;
    expect(judge(draft, text)).toMatchObject({ outcome: 'ok', value: { title } });
  });

  it('may speak of thoughts itself', () => {
    const value = { title: 'What </think> means', tags: ['{', '[x]'] };
    expect(judge(draft, JSON.stringify(value))).toEqual({ outcome: 'ok', value });
    expect(judge(draft, `<think>…</think>${JSON.stringify(value)}`)).toEqual({ outcome: 'ok', value });
  });

  it('may be the bare list that the schema has one of', () => {
    const items = [{ title: 't', button: 'b' }];
    for (const text of [items, { items }, { plan: { items } }, { plan: items }])
      expect(judge(plan, JSON.stringify(text))).toEqual({ outcome: 'ok', value: { items } });
  });

  it('is found whatever stands around it', () => {
    const words = fc.string({ unit: fc.constantFrom(...'ab {}[],:\n'), maxLength: 40 });
    fc.assert(
      fc.property(words, words, (before, after) => {
        // Brackets of the words that close around it, or open as a document does, make something else of it.
        fc.pre((!/[[{]/.test(before) || !/[\]}]/.test(after)) && !/[[{]\s*(?:[[{]|$)/.test(before));
        return judge(draft, `${before}${JSON_TEXT}${after}`).outcome === 'ok';
      }),
    );
  });
});

describe('a text that can not be used', () => {
  it.each([
    ['', 'an empty answer'],
    ['  \n', 'an empty answer'],
    ['<think>I wonder {"title":"t","tags":[]}', 'only thoughts, and no answer after them'],
    ['I can not\ndo that.', 'not JSON: I can not do that.'],
    ['"text"', 'not JSON: "text"'],
    ['{"title":"t","tags":["a"', 'not JSON: {"title":"t","tags":["a"'],
    [`{"draft":${JSON_TEXT}`, `not JSON: {"draft":${JSON_TEXT}`.slice(0, 90)],
    [`[{"title":1},${JSON_TEXT}`, `not JSON: [{"title":1},${JSON_TEXT}`.slice(0, 90)],
    ['[]', 'a list in place of an object'],
  ])('%j says %j', (text, detail) => {
    expect(judge(draft, text)).toEqual({ outcome: 'malformed', detail });
  });

  it('is a document that lacks its start or its end, though its list is whole', () => {
    const list = '[{"title":"t","button":"b"}]';
    for (const text of [`{"items":${list}`, `Here it is: "items" : ${list}}`])
      expect(judge(plan, text)).toMatchObject({ outcome: 'malformed' });
    expect(judge(plan, `Here it is: ${list}`)).toMatchObject({ outcome: 'ok' });
  });

  it('says all of its misses at once, in one line', () => {
    const items = [{ title: 1 }, { title: 't', button: null }, { button: 'b' }];
    const { detail } = judge(plan, JSON.stringify({ items })) as { detail: string };
    expect(detail.split('; ')).toEqual([
      'items[0].title: Invalid input: expected string, received number',
      'items[0].button: missing',
      'items[1].button: Invalid input: expected string, received null',
      'items[2].title: missing',
    ]);
  });

  it('says no more than 20 of them', () => {
    const items = Array.from({ length: 50 }, () => ({}));
    const { detail } = judge(plan, JSON.stringify({ items })) as { detail: string };
    expect(detail).toContain('items[9].button: missing; and 80 more');
    expect(detail.length).toBeLessThanOrEqual(1_000);
  });

  it.each([
    ['10 MB of brackets', '{'.repeat(10_000_000)],
    ['1 MB of brackets', '{'.repeat(LONGEST_TEXT)],
    ['1 MB of pairs', '{}'.repeat(LONGEST_TEXT / 2)],
    ['1 MB of quotes', '{"'.repeat(LONGEST_TEXT / 2)],
    ['1 MB of fences', '```{'.repeat(LONGEST_TEXT / 4)],
    ['1 MB of ends of thoughts', '</think>'.repeat(LONGEST_TEXT / 8)],
    ['1 MB of commas', `{${','.repeat(LONGEST_TEXT - 2)}}`],
    ['20,000 levels', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
    ['20,000 levels of lists', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['20,000 levels in the right place', `{"title":${'['.repeat(20_000)}${']'.repeat(20_000)},"tags":[]}`],
  ])('is told in time though it is %s', (_what, text) => {
    expect(judge(draft, text)).toMatchObject({ outcome: 'malformed' });
  });
});
