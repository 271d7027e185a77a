import type { Size } from './shape.js';

/** What a card shows. */
export interface Card {
  /** Equal cards of equal seeds are equal to the byte. */
  readonly seed: string;
  readonly text: string;
  readonly size: Size;
  /** A PNG when left out. */
  readonly jpeg?: boolean;
}

/** The prompt's first sentence, cut where a card is full. */
export function cardText(prompt: string): string {
  const line = prompt
    .replace(/offline sample[:.]?/gi, '')
    .replace(/\s+/g, ' ')
    .trim();
  const sentence = /^.{12,}?[.!?](?=\s|$)/.exec(line)?.[0] ?? line;
  const text = sentence.replace(/\.$/, '');
  return text.length <= 110 ? text : `${text.slice(0, 107).replace(/(?<!\s)\s+\S*$/, '')} …`;
}
