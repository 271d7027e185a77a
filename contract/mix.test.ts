import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FORMAT_NAMES } from './formats/registry.js';
import { mixProblem, mixSize, parseMix, specialMessage, splitMix, type Mix } from './mix.js';

/** Any mix that the command takes: each format once or not at all, 1 to 2,000 posts in all. */
const anyMix: fc.Arbitrary<Mix> = fc
  .record({ video: fc.integer({ min: 0, max: 1_000 }), hero_text: fc.integer({ min: 0, max: 1_000 }) })
  .map((counts) => Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)))
  .filter((mix) => mixSize(mix) > 0);

describe('specialMessage', () => {
  it('is the sentence of the design, letter for letter', () => {
    expect(specialMessage({ hero_text: 4, video: 1 })).toBe(
      "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.",
    );
  });

  it('speaks of 1 item', () => {
    expect(specialMessage({ hero_text: 1 })).toBe(
      "Generate exactly 1 item: 1 with content_format='hero_text'.",
    );
  });
});

describe('splitMix', () => {
  it('holds the mix exactly over random mixes, in pages of at most 20', () => {
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

  it('gives each page about its share of each format', () => {
    expect(splitMix({ video: 10, hero_text: 30 })).toEqual([
      { video: 5, hero_text: 15 },
      { video: 5, hero_text: 15 },
    ]);
  });
});

describe('mixProblem', () => {
  it('is null exactly when the formats are the mix', () => {
    expect(mixProblem({ video: 1, hero_text: 1 }, ['hero_text', 'video'])).toBeNull();
  });

  it('says what is off', () => {
    expect(mixProblem({ video: 1, hero_text: 2 }, ['video', 'video', 'hero_text', 'reel'])).toBe(
      "the answer holds 2 with content_format='video' where 1 were asked for and 1 with content_format='hero_text' where 2 were asked for and 1 with a content_format that was not asked for",
    );
  });
});

describe('parseMix', () => {
  it('repeats no more of what was typed than a line has room for', () => {
    for (const text of [
      'x'.repeat(100_000),
      `hero_text=${'9'.repeat(100_000)}`,
      `hero_text=${'x'.repeat(100_000)}`,
    ])
      expect((parseMix(text) as { problem: string }).problem.length).toBeLessThan(200);
    expect(parseMix('hero_text=999999999')).toEqual({
      problem: '999999999 posts are more than the 2000 allowed in a batch',
    });
  });

  it('reads a mix into the order of the registry', () => {
    expect(parseMix('hero_text=4, video=1')).toEqual({ mix: { video: 1, hero_text: 4 } });
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
    ['__proto__=1', "'__proto__=1'"],
  ])('refuses %j', (text, problem) => {
    expect(parseMix(text)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});
