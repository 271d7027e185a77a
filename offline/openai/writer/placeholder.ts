import { inWords, themeOf } from '../../sketch/sketch.js';
import type { Facts } from './facts.js';
import { fit, quotable, sentencesFor, stopped, wordCount, type Room, isSayable, sayable } from './fit.js';

/** What a placeholder says it is about: the editor's brief, else the planner's name; null where the prompt names neither. */
export function subjectOf({ brief, line }: Facts): string | null {
  if (brief !== null) return `“${quotable(brief, 60)}”`;
  const planner = line('Planner')?.split(/[.(,]/)[0]?.replaceAll('_', ' ').trim();
  return planner || null;
}

/** Titles of placeholders by their number, the longest first. The last one is always short enough and forbidden by nobody. */
export function titlesOf(subject: string | null, number: number): readonly string[] {
  const end = number === 1 ? '' : ` (${number})`;
  return [
    ...(subject === null ? [] : [`Sample text about ${subject}${end}`]),
    ...[`Sample text ${number}`, `Sample ${number}`, `Text ${number}`, `No. ${number}`, String(number)],
  ];
}

/** The number of a placeholder's title; 0 for other titles. */
export function numberOf(title: string): number {
  const [, number] = /^(?:(?:sample|text|no\.) .*?)?\(?(\d{1,9})\)?$/i.exec(title.trim()) ?? [];
  return number === undefined ? (/^sample text about /i.test(title) ? 1 : 0) : Number(number);
}

/** One planned item that says what would stand there, under the names its schema uses. */
export function placeholderPlan(facts: Facts): Readonly<Record<string, string>> {
  const subject = subjectOf(facts) ?? 'whatever is asked for';
  const said = (...parts: readonly string[]): string => sayable(facts, parts).join(' ') || 'Sample.';
  return {
    topic: said(`A placeholder about ${subject}.`),
    angle: said(`The one claim of a piece about ${subject} will stand here, and how it gets there.`),
    rationale: said(
      'Offline sample.',
      `No model has planned this: it holds the place of an idea about ${subject}.`,
    ),
    button: sayable(facts, ['More to come.', 'Sample.'])[0] ?? '1.',
  };
}

/** The body of a placeholder: plain words on what it is, in as many paragraphs as asked, and the button. */
export function placeholderBody(facts: Facts, button: string): string {
  const subject = subjectOf(facts);
  const topic = facts.line('Topic');
  const isOwn = topic === null || topic === placeholderPlan(facts).topic;
  const parts = [
    [
      'This is sample text.',
      ...(subject === null ? [] : [`It holds the place of a piece about ${subject}.`]),
      ...(isOwn ? [] : [`The topic that was planned: ${stopped(quotable(topic, 240))}`]),
      'No model was asked, so nobody has thought about it yet.',
    ],
    [
      'With a key for a model, its words will stand here.',
      'They will be as long as the account wants them, in its own voice.',
      'The rest of the post is in place: the plan, a picture, the checks, and a person who decides.',
    ],
    ['Below is the line on which the plan wants the piece to end.'],
  ];
  const wanted = Math.max(1, facts.paragraphs - 1);
  const filled = Array.from(
    { length: Math.max(wanted, parts.length) },
    (_, at) => parts[at] ?? ['More sample text would stand here.'],
  );
  return written(
    filled.map((each) => sayable(facts, each)),
    button,
    wanted,
    {
      words: facts.words,
      characters: facts.limit('body'),
    },
    filler(facts),
  );
}

/** Paragraphs and the button, with as many sentences as there is room for; the last paragraphs go first where it is tight. */
function written(
  parts: readonly (readonly string[])[],
  button: string,
  least: number,
  room: Room,
  short: string,
): string {
  const done: string[] = [];
  for (const [at, sentences] of parts.entries()) {
    // Every paragraph that must be there needs its word.
    const reserved = Math.max(0, least - at - 1);
    const used = [...done, button].join(' ');
    const left = {
      words: room.words - wordCount(used) - reserved,
      characters: room.characters - used.length - 2 * (done.length + 2) - reserved * (short.length + 2),
    };
    const text = sentencesFor(sentences, left);
    if (text !== '') done.push(text);
    else if (at < least) done.push(short);
  }
  return [...done, button].join('\n\n');
}

/** A word for paragraphs that have room for no more. */
const filler = (facts: Facts): string =>
  ['Sample.', 'Placeholder.', 'More.', 'Here.'].find((word) => isSayable(facts, word)) ?? '1.';

/** A caption: whole sentences; where the format has no article, the button below them. */
export function captionOf(facts: Facts, sentences: readonly string[], button: string | null): string {
  const most = facts.limit('caption');
  const said = sayable(facts, sentences);
  if (button === null)
    return sentencesFor(said, { words: Infinity, characters: most }) || fit(filler(facts), most);
  const above = sentencesFor(said, { words: Infinity, characters: most - button.length - 2 });
  return above === '' ? fit(button, most) : `${above}\n\n${button}`;
}

export const placeholderCaption = (facts: Facts): readonly string[] => [
  `Sample text${subjectOf(facts) === null ? '' : ` about ${subjectOf(facts) ?? ''}`}.`,
  'A caption will stand here.',
];

/** As many hashtags as the account wants: those given, else words of its planner, then numbered ones. */
export function hashtagsOf(facts: Facts, given: readonly string[]): string[] {
  const { least, most } = facts.hashtags;
  const ofPlanner = (facts.line('Planner') ?? '').toLowerCase().match(/[a-z0-9]{4,}/g) ?? [];
  const own = given.length > 0 ? given : [...ofPlanner, 'sample', 'placeholder'].slice(0, 4);
  const numbered = Array.from({ length: least }, (_, at) => `sample${at + 1}`);
  const tags = [...new Set([...own, ...numbered])];
  return tags.slice(0, Math.min(most, Math.max(least, own.length)));
}

/**
 * The picture's prompt, and what somebody will see who looks at the abstract picture that the stand-in makes of it. A note
 * changes neither: a picture that is made anew for it is another of the same kind, and one that is kept is what it was.
 */
export function pictureOf(facts: Facts, scene: string): { image_prompt: string; alt_text: string } {
  const prompt = fit(scene, facts.limit('image_prompt'));
  const seen = inWords(themeOf(`${prompt}\n\nLook: ${facts.look}`));
  const alt = [`Sample picture: ${seen}.`, `Abstract: ${seen}.`, 'Abstract shapes.', 'Nothing real.'].filter(
    (text) => text.length <= facts.limit('alt_text'),
  );
  return { image_prompt: prompt, alt_text: sayable(facts, alt)[0] ?? '1.' };
}
