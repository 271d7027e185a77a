import type { Facts, RevisionAsked } from './facts.js';
import { paragraphsIn, quotable, sentencesFor, sentencesIn, wordCount, isSayable } from './fit.js';

const SHORTER =
  /\b(?:short(?:er|en)?|trim|tight(?:er|en)|brief(?:er)?|too long|less text|fewer (?:words|sentences)|cut (?:it|this|down|the (?:text|body|caption)))\b/i;
const OF_OTHER_PARTS = /\b(?:title|headline|picture|image|photo|hashtags?|clip|video)\b/i;
const ANSWER = 'Sample answer to the note';
const REWRITTEN = 'here a model would have rewritten the piece.';
const LAST_ANSWER = new RegExp(`^${ANSWER}[^\\n]*${REWRITTEN}\\s*`);

/** The words of a post as a note leaves them. */
export interface Revised {
  readonly body: string | null;
  readonly caption: string;
}

/**
 * What an editor read, with an answer to their note that can be seen: shorter where they ask for that, else a sentence that
 * takes up the note in quotes and says that it is a sample's. `button` is what the piece ends on.
 */
export function revised(facts: Facts, { note, body, caption }: RevisionAsked, button: string): Revised {
  const shorter = {
    body: body === null ? null : shortened(body, button),
    caption: shortened(caption, button),
  };
  const isChanged = shorter.body !== body || (body === null && shorter.caption !== caption);
  if (SHORTER.test(note) && !OF_OTHER_PARTS.test(note) && isChanged) return shorter;
  const answer = answerTo(facts, note);
  if (body === null) return { body, caption: answeredCaption(facts, caption, answer, button) };
  return { body: answeredBody(facts, body, answer, button), caption };
}

/** About two thirds of the sentences of each paragraph, and the button as it was. */
function shortened(text: string, button: string): string {
  const { own, end } = partedFrom(button, text);
  const kept = paragraphsIn(own).map((paragraph) => {
    const sentences = sentencesIn(paragraph);
    return sentences.slice(0, Math.max(1, Math.floor(sentences.length * 0.65))).join(' ');
  });
  return kept.join('\n\n') + end;
}

/** A text, and the button at its end with the space before it; nothing where it ends on something else. */
function partedFrom(button: string, text: string): { own: string; end: string } {
  if (button === '' || !text.endsWith(button)) return { own: text, end: '' };
  const own = text.slice(0, -button.length).trimEnd();
  return { own, end: text.slice(own.length) };
}

function answerTo(facts: Facts, note: string): string {
  const answers = [
    `${ANSWER} “${quotable(note)}”: ${REWRITTEN}`,
    `${ANSWER}: ${REWRITTEN}`,
    'Changed as asked.',
  ];
  return answers.find((answer) => isSayable(facts, answer)) ?? '1.';
}

/** The answer as the first paragraph, and of the rest as much as there is room for. */
function answeredBody(facts: Facts, body: string, answer: string, button: string): string {
  const fits = (text: string): boolean =>
    wordCount(text) <= facts.words && text.length <= facts.limit('body');
  let rest = paragraphsIn(body)
    .filter((paragraph) => !paragraph.startsWith(ANSWER))
    .join('\n\n');
  while (!fits(`${answer}\n\n${rest}`)) {
    const shorter = shortened(rest, button);
    if (shorter === rest) return body;
    rest = shorter;
  }
  return `${answer}\n\n${rest}`;
}

/** The answer before as much of the caption as there is room for, and the button as it was. */
function answeredCaption(facts: Facts, caption: string, answer: string, button: string): string {
  const { own, end } = partedFrom(button, caption);
  const before = sentencesIn(own.replace(LAST_ANSWER, ''));
  const room = { words: Infinity, characters: facts.limit('caption') - end.length };
  const said =
    sentencesFor([answer, ...before], room) || sentencesFor(['Sample, changed as asked.', ...before], room);
  return said === '' ? caption : said + end;
}
