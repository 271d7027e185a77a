import { describe, expect, it } from 'vitest';
import { FORMATS } from '../contract/formats/registry.js';
import { fillPrompt, loadPrompt } from './prompts.js';

const placesIn = (name: string): string[] => {
  const { instructions, input } = loadPrompt(name);
  return [...`${instructions}\n${input}`.matchAll(/\{\{(\w+)\}\}/g)].map((match) => String(match[1]));
};

describe('the prompts', () => {
  it('say who writes, for what beat, within which limits, and the mix as it was asked for', () => {
    const places = placesIn('plan');
    for (const place of [
      'specialMessage',
      'voice',
      'planner',
      'covers',
      'guidance',
      'formats',
      'takenTitles',
      'brief',
      'again',
      'bannedPhrases',
      'titleMaxCharacters',
    ]) {
      expect(places).toContain(place);
    }
  });

  it.each(FORMATS.map((format) => [format.name]))(
    'a %s is drafted from its plan, in house style',
    (format) => {
      const places = placesIn(`draft_${format}`);
      for (const place of [
        'title',
        'topic',
        'angle',
        'rationale',
        'newsPeg',
        'button',
        'voice',
        'look',
        'captionMaxCharacters',
        'hashtagsMin',
        'hashtagsMax',
        'bannedPhrases',
        'brief',
        'again',
      ]) {
        expect(places).toContain(place);
      }
    },
  );

  it('carry their version', () => {
    expect(loadPrompt('plan').version).toMatch(/^plan@\d+$/);
  });
});

describe('fillPrompt', () => {
  const prompt = { version: 'x@1', instructions: 'Hi {{name}}', input: 'A\n\n{{brief}}\n\nB' };

  it('puts values in and closes the gaps of empty ones', () => {
    expect(fillPrompt(prompt, { name: 'Ash', brief: '' })).toEqual({
      version: 'x@1',
      instructions: 'Hi Ash',
      input: 'A\n\nB',
    });
  });

  it('leaves what a value holds as it is', () => {
    expect(fillPrompt(prompt, { name: '{{brief}} $& $1', brief: 'b' }).instructions).toBe(
      'Hi {{brief}} $& $1',
    );
  });

  it('throws for a place without a value', () => {
    expect(() => fillPrompt(prompt, { name: 'Ash' })).toThrow('prompt x@1: no value for {{brief}}');
  });
});
