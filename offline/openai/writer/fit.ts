import type { Facts } from './facts.js';

/** Shortens text to a number of characters: at the end of a sentence where that keeps most of it, else of a word. */
export function fit(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, Math.max(0, most));
  const sentence = /^[\s\S]*[.!?](?=\s|$)/.exec(cut)?.[0] ?? '';
  if (sentence.length >= most / 3) return sentence;
  const words = text
    .slice(0, most + 1)
    .replace(/(?<!\s)\s+\S*$/, '')
    .replace(/(?<![\s,;:–-])[\s,;:–-]+$/, '');
  return words.length <= most ? words : cut;
}

/** The most that a text may have; a text without a limit has `Infinity`. */
export interface Room {
  readonly words: number;
  readonly characters: number;
}

/** As many sentences, in order, as there is room for. */
export function sentencesFor(parts: readonly string[], room: Room): string {
  let text = '';
  for (const part of parts) {
    const next = text === '' ? part : `${text} ${part}`;
    if (next.length > room.characters || wordCount(next) > room.words) break;
    text = next;
  }
  return text;
}

/** The sentences of a paragraph. */
export const sentencesIn = (paragraph: string): string[] =>
  paragraph.split(/(?<=[.!?…]["'’”)]?)\s+(?=["'‘“(]?[\p{Lu}\p{N}])/u).filter((part) => part.trim() !== '');

export const paragraphsIn = (text: string): string[] =>
  text.split(/\n\s*\n/).filter((part) => part.trim() !== '');

export const wordCount = (text: string): number => text.split(/\s+/).filter(Boolean).length;

/** With a full stop, unless it ends already. */
export const stopped = (text: string): string =>
  /[.!?…]["'’”)]?$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;

/** Somebody's words on one line, short enough to be quoted. */
export function quotable(text: string, most = 140): string {
  const line = text.replace(/\s+/g, ' ').replace(/["“”]/g, "'").trim();
  return line.length <= most ? line : `${line.slice(0, most - 2).replace(/(?<!\s)\s+\S*$/, '')} …`;
}

/** Whether none of the prompt's forbidden phrases stands in a text, in any case. */
export const isSayable = ({ bannedPhrases }: Pick<Facts, 'bannedPhrases'>, text: string): boolean =>
  !bannedPhrases.some((phrase) => even(text).includes(even(phrase)));

/** The texts in which none of the forbidden phrases stands. */
export const sayable = (facts: Pick<Facts, 'bannedPhrases'>, texts: readonly string[]): readonly string[] =>
  texts.filter((text) => isSayable(facts, text));

/** In any case, with any apostrophe, across any white space. */
const even = (text: string): string => text.toLowerCase().replace(/[‘’ʼ]/g, "'").replace(/\s+/g, ' ').trim();
