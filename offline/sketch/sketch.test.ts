import { describe, expect, it } from 'vitest';
import { loadAccount } from '../../config/accounts/load.js';
import { COMPOSITIONS, type CompositionName } from './compositions.js';
import { coloursIn } from './colours.js';
import { paletteOf } from './palette.js';
import { svgOf, type Sketch, inWords, themeOf } from './sketch.js';

const NAMES = Object.keys(COMPOSITIONS) as CompositionName[];
const LOOK = 'Look: Ink blue and graphite, one sodium-orange accent.';
const sketch = (composition: CompositionName, change: Partial<Sketch> = {}): Sketch => ({
  theme: { ...themeOf(`A scene\n\n${LOOK}`), composition },
  ...{ seed: 'one', width: 1_280, height: 720 },
  ...change,
});

describe.each(NAMES)('%s', (name) => {
  it('are shapes alone: no words, no fonts, no files', () => {
    const svg = svgOf(sketch(name));
    expect(svg).not.toMatch(/<(?:text|tspan|image|use|style|foreignObject)|font|href|NaN|undefined/);
    expect(svg.length).toBeGreaterThan(2_000);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(svgOf(sketch(name))).toBe(svgOf(sketch(name)));
    expect(svgOf(sketch(name))).not.toBe(svgOf(sketch(name, { seed: 'two' })));
    expect(svgOf(sketch(name, { width: 720, height: 1_280 }))).not.toMatch(/NaN|undefined/);
  });

  it('move, begin as the picture and end as they began', () => {
    const at = (phase: number, amount = 1): string => svgOf(sketch(name), { phase, amount });
    expect(at(0)).toBe(svgOf(sketch(name)));
    expect(at(1)).toBe(at(0));
    expect(new Set([at(0), at(0.25), at(0.5), at(0.75)]).size).toBe(4);
  });
});

describe('a theme', () => {
  it('has the colours that a look names, those of things only where it names no others', () => {
    const names = (look: string) => coloursIn(look).map(({ name }) => name);
    expect(names('Ink-blue paper and one Sodium orange lamp')).toEqual(['ink blue', 'sodium orange']);
    expect(names('Ink and wash on rough paper')).toEqual(['ink', 'paper']);
    expect(names('A whiteboard, a bluebell')).toEqual([]);
  });

  it.each([
    ['ashtalksai', / in ink blue, graphite and sodium orange$/, '#16294d', '#ff9a2e', true],
    ['crumbandcrust', / in wheat, rye brown, chalk white and blue-green$/, '#f4efe4', '#4a8581', false],
  ])('fits the look of @%s', async (handle, words, ground, accent, isDark) => {
    const theme = themeOf(`A scene\n\nLook: ${(await loadAccount('accounts', handle)).look}`);
    expect(inWords(theme)).toMatch(words);
    expect(paletteOf(theme.colours, 'as told')).toMatchObject({ ground, accent, isDark });
  });

  it('of a look without colours is the same for the account, whatever the scene', () => {
    const look = '\n\nLook: Quiet and wide.\nNo writing, letters or logos in the picture.';
    const { colours } = themeOf(`A harbor clock.${look}`);
    expect(colours).toHaveLength(4);
    expect(themeOf(`Two cranes.\n\nThe editor asks: Wider.${look}`).colours).toEqual(colours);
    expect(themeOf('A harbor clock.\n\nLook: Quiet and wide.').colours).toEqual(colours);
    const firstOf = (other: string) => themeOf(`A clock.\n\nLook: ${other}`).colours[0]?.name;
    expect(new Set(['Loud.', 'Soft.', 'Old.', 'New.'].map(firstOf)).size).toBeGreaterThan(1);
  });

  it.each([
    ['A rack in a corridor beside a bowl', 'tiles'],
    ['Waves', 'waves'],
    ['A rack.\n\nThe editor asks: More waves.', 'tiles'],
  ])('has the composition that the scene speaks of, whatever a note does: %j', (scene, composition) => {
    expect(themeOf(scene).composition).toBe(composition);
  });

  it('has each composition for some scene that speaks of none', () => {
    const some = Array.from({ length: 60 }, (_, at) => themeOf(`Something ${at}`).composition);
    expect(new Set(some).size).toBe(NAMES.length);
  });

  it.each([
    ['Darker.', 'darker'],
    ['A bit brighter', 'lighter'],
    ['No people', 'as told'],
  ])('hears in which mood an editor wants it: %s', (asked, mood) => {
    expect(themeOf(`A rack, dark\n\nThe editor asks: ${asked}\n\n${LOOK}`).mood).toBe(mood);
  });
});
