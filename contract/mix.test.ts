import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FORMAT_NAMES } from './formats/registry.js';
import { mixProblem, mixSize, parseMix, specialMessage, splitMix, type Mix } from './mix.js';

/** Any mix that the command takes: each format once or not at all, 1 to 2,000 posts in all. */
const anyMix: fc.Arbitrary<Mix> = fc
  .record({ video: fc.integer({ min: 0, max: 1_000 }), hero_text: fc.integer({ min: 0, max: 1_000 }) })
  .map((counts) => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)))
  .filter((mix) => mixSize(mix) > 0);

it.each([
  [
    { hero_text: 4, video: 1 },
    "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.",
  ],
  [{ hero_text: 1 }, "Generate exactly 1 item: 1 with content_format='hero_text'."],
])('the special message of %j is the sentence of the design, letter for letter', (mix, message) => {
  expect(specialMessage(mix)).toBe(message);
});

it('a split holds the mix exactly over random mixes, in pages of at most 20', () => {
  fc.assert(
    fc.property(anyMix, (mix) => {
      const pages = splitMix(mix);
      for (const name of FORMAT_NAMES) {
        const sum = pages.reduce((total, page) => total + (page[name] ?? 0), 0);
        expect(sum).toBe(mix[name] ?? 0);
      }
      expect(pages.every((page) => mixSize(page) <= 20 && mixSize(page) > 0)).toBe(true);
      expect(pages).toHaveLength(Math.ceil(mixSize(mix) / 20));
    }),
    { numRuns: 300 },
  );
});

it('a split gives each page about its share of each format', () => {
  const page = { video: 5, hero_text: 15 };
  expect(splitMix({ video: 10, hero_text: 30 })).toEqual([page, page]);
});

it.each([
  [{ video: 1, hero_text: 1 }, ['hero_text', 'video'], null],
  [
    { video: 1, hero_text: 2 },
    ['video', 'video', 'hero_text', 'reel'],
    "the answer holds 2 with content_format='video' where 1 were asked for and 1 with content_format='hero_text' where 2 were asked for and 1 with a content_format that was not asked for",
  ],
])('the problem of %j in %j', (mix, formats, problem) => {
  expect(mixProblem(mix, formats)).toBe(problem);
});

it.each(['x', 'hero_text=9', 'hero_text=x'])('repeats of a long %s what a line has room for', (text) => {
  const { problem } = parseMix(text.padEnd(100_000, text.at(-1))) as { problem: string };
  expect(problem.length).toBeLessThan(200);
});

it('reads a mix into the order of the registry', () => {
  const { mix } = parseMix('hero_text=4, video=1') as { mix: Mix };
  expect(Object.entries(mix)).toEqual(Object.entries({ video: 1, hero_text: 4 }));
});

it.each([
  ['', "'' is not <format>=<count>"],
  ['video', "video='' is not a whole number"],
  ['reel=1', "'reel=1' is not <format>=<count> with a format of video, hero_text"],
  ['video=0', "video='0' is not a whole number of 1 or more"],
  ['video=-1', "video='-1'"],
  ['video=1.5', "video='1.5'"],
  ['video=1e3', "video='1e3'"],
  ['video=1,video=2', 'video is named twice'],
  ['video=1=2', "'video=1=2'"],
  ['video=1,', "''"],
  ['video=1001,hero_text=1000', '2001 posts are more than the 2000'],
  ['hero_text=999999999', '999999999 posts are more than the 2000 allowed in a batch'],
  ['__proto__=1', "'__proto__=1'"],
])('refuses %j', (text, problem) => {
  expect(parseMix(text)).toEqual({ problem: expect.stringContaining(problem) as string });
});
