import type { Chance } from './chance.js';

const THINGS = [
  'invoice',
  'queue',
  'benchmark',
  'cache',
  'retry',
  'context window',
  'dashboard',
  'prompt',
  'pager',
  'demo',
];
const DOES = ['hides', 'outlives', 'pays for', 'explains', 'slows', 'counts', 'beats', 'forgets'];
const HOW = [
  'quietly',
  'every night',
  'on Mondays',
  'at the third try',
  'by the hour',
  'in small print',
  'twice',
];
const OPENERS = [
  'Look closer:',
  'In practice,',
  'Say it plainly:',
  'Most teams find that',
  'By the second week',
];

export const sentence = (chance: Chance): string =>
  `${chance.of(OPENERS)} the ${chance.of(THINGS)} ${chance.of(DOES)} the ${chance.of(THINGS)} ${chance.of(HOW)}.`;

export const sentences = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => sentence(chance)).join(' ');

export const title = (chance: Chance): string =>
  `The ${chance.of(THINGS)} ${chance.of(DOES)} the ${chance.of(THINGS)} ${chance.of(HOW)}`;

/** A button in a model's own words: never word for word, and never alone. */
export function paraphrase(button: string, chance: Chance): string {
  const words = button.replace(/[.!?]+$/, '').split(/\s+/);
  const turned = chance.is(0.5) ? [...words.slice(2), ...words.slice(0, 2)] : words;
  return `${sentence(chance)} Put another way, ${turned.join(' ').toLowerCase()}, or near enough. ${sentence(chance)}`;
}

/** One-word tags, as many as told, all different. */
export const tags = (chance: Chance, count: number): string[] => {
  const first = chance.from(0, 9);
  return Array.from({ length: count }, (_, at) => {
    const word = THINGS[(first + at) % THINGS.length]!.replace(/ (\w)/g, (_all, letter: string) =>
      letter.toUpperCase(),
    );
    return at < THINGS.length ? word : `${word}${at}`;
  });
};
