import type { Chance } from '../../seed.js';
import type { Beat, Subject } from './beats/beat.js';
import { beatOf, subjectOf } from './desk.js';
import type { Facts } from './facts.js';
import { fit, sentences, stopped } from './fit.js';
import { sayableOr } from './forbidden.js';
import { cap, LENSES, type Lens } from './lenses.js';

/** The values of a draft, under the names that schemas use for them. */
export type DraftValues = Readonly<Record<string, unknown>>;

const CAPTION_MAX = 280;
/** With its space, on the short side: a limit in words is then kept. */
const CHARACTERS_PER_WORD = 5;

/** Writes one piece about the prompt's topic, within the limits that the prompt and its schema set. */
export function draftValues(facts: Facts, chance: Chance, isShort: boolean): DraftValues {
  const beat = beatOf(facts);
  const subject = subjectOf(beat, facts, chance);
  const lens = lensOf(facts, subject, chance);
  const button = facts.line('Button') ?? lens.button(subject.name);
  const title = fit(facts.line('Title') ?? lens.title(subject.name), facts.limit('title'));
  const voice = (parts: readonly string[]): readonly string[] => sayableOr(facts, parts);
  const body = bodyOf(facts, chance, beat, subject, voice([lens.open(subject.name)]), button);
  const picture = `${fit(title, 110)}${/[.!?]$/.test(title) ? '' : '.'} ${cap(subject.scene)}, ${beat.look}.`;
  return {
    title,
    body,
    caption: captionOf(
      facts,
      voice([subject.claim, subject.test, chance.pick(beat.asides)]),
      isShort ? button : null,
    ),
    hashtags: hashtagsOf(facts, beat, subject, chance),
    image_prompt: fit(picture, facts.limit('image_prompt')),
    shot_description: fit(
      `Slow push in on ${subject.scene}. The light shifts a little, nothing else moves, and the last second holds still.`,
      facts.limit('shot_description'),
    ),
    alt_text: fit(`Offline sample: ${subject.scene}, drawn as a title card.`, facts.limit('alt_text')),
    button,
    topic: facts.line('Topic') ?? subject.name,
    angle: facts.line('Angle') ?? stopped(lens.angle(subject.name)),
    summary: stopped(subject.claim),
    answer: [subject.claim, subject.cause, subject.test].map(stopped).join(' '),
  };
}

/** The lens that the planned title looks through, so that a piece opens as its title promises. */
function lensOf(facts: Facts, subject: Subject, chance: Chance): Lens {
  const title = facts.line('Title')?.toLowerCase() ?? '';
  const planned = LENSES.find((each) => title.startsWith(each.title(subject.name).toLowerCase()));
  return planned ?? chance.pick(LENSES);
}

function bodyOf(
  facts: Facts,
  chance: Chance,
  beat: Beat,
  subject: Subject,
  opening: readonly string[],
  button: string,
): string {
  const asides = sayableOr(facts, chance.shuffle(beat.asides));
  const aside = (at: number): string => asides[at % Math.max(1, asides.length)] ?? subject.claim;
  const angle = facts.line('Angle') ?? '';
  // An angle of our own planning is a note to the writer; one of a person is worth repeating.
  const isOwn = LENSES.some((each) => angle === '' || angle.startsWith(each.angle(subject.name)));
  const paragraphs = [
    [
      ...opening,
      subject.claim,
      ...(isOwn || angle.length > 200 ? [aside(0)] : ['The question here is narrower', angle]),
    ],
    [subject.cause, aside(1), aside(2)],
    [subject.test, subject.cost, aside(3)],
  ];
  for (let extra = 4; paragraphs.length < facts.paragraphs; extra += 1) {
    paragraphs.splice(-1, 0, [aside(extra), `Keep that in mind for ${subject.name} above all`]);
  }
  const most = Math.min(facts.limit('body'), facts.words * CHARACTERS_PER_WORD);
  const share = Math.floor((most - button.length) / paragraphs.length) - 2;
  const written = paragraphs.map((parts) =>
    sentences(parts, most === Infinity ? Infinity : Math.max(20, share)),
  );
  return [...written, button].join('\n\n');
}

function captionOf(facts: Facts, parts: readonly string[], button: string | null): string {
  const most = Math.min(CAPTION_MAX, facts.limit('caption'));
  if (button === null) return sentences(parts, most);
  const room = most - button.length - 1;
  return room < 20 ? fit(button, most) : `${sentences(parts.slice(0, 1), room)}\n${button}`;
}

function hashtagsOf(facts: Facts, beat: Beat, subject: Subject, chance: Chance): string[] {
  const own = subject.name.toLowerCase().replace(/[^a-z0-9]/g, '');
  const { least, most } = facts.hashtags;
  const tags = [
    ...new Set([
      ...(own.length >= 3 && own.length <= 24 ? [own] : []),
      ...chance.shuffle(beat.tags),
      ...MORE_TAGS,
    ]),
  ];
  return tags.slice(0, Math.min(most, Math.max(least, 4)));
}

/** For accounts that want more hashtags than a beat has. */
const MORE_TAGS = [
  'notes',
  'howto',
  'learning',
  'practice',
  'today',
  'longread',
  'explained',
  'weekly',
  'basics',
  'ideas',
];
