import type { Facts } from './facts.js';

/** The sentences in which the prompt's forbidden phrases don't stand, in any case. */
export function sayable(facts: Facts, sentences: readonly string[]): readonly string[] {
  const forbidden = facts.bannedPhrases.map((phrase) => phrase.toLowerCase());
  return sentences.filter((sentence) => !forbidden.some((phrase) => sentence.toLowerCase().includes(phrase)));
}

/** The same, or all of them where nothing would be left. */
export function sayableOr(facts: Facts, sentences: readonly string[]): readonly string[] {
  const allowed = sayable(facts, sentences);
  return allowed.length > 0 ? allowed : sentences;
}
