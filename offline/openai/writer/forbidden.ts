import type { Facts } from './facts.js';

/** Whether none of the prompt's forbidden phrases stands in a text, in any case. */
export const isSayable = ({ bannedPhrases }: Pick<Facts, 'bannedPhrases'>, text: string): boolean =>
  !bannedPhrases.some((phrase) => even(text).includes(even(phrase)));

/** The texts in which none of the forbidden phrases stands. */
export const sayable = (facts: Pick<Facts, 'bannedPhrases'>, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => isSayable(facts, text));

/** In any case, with any apostrophe, across any white space. */
const even = (text: string): string => text.toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/\s+/g, ' ').trim();
