import type { Chance } from '../../seed.js';
import type { Beat, Subject } from './beats/beat.js';
import { beatOf, subjectsOf } from './desk.js';
import type { Facts } from './facts.js';
import { fit, stopped } from './fit.js';
import { sayable } from './forbidden.js';
import { cap, LENSES, TURNS, type Lens } from './lenses.js';
import { viewpoint } from './viewpoints.js';

/** One planned item, under the names its schema uses. */
export type PlanItem = Readonly<Record<string, unknown>>;

interface Idea {
  readonly title: string;
  readonly subject: Subject;
  readonly lens: Lens;
}

/** Plans exactly the mix that the prompt asks for; every title differs from the others and from those it lists. */
export function planItems(facts: Facts, chance: Chance): PlanItem[] {
  const beat = beatOf(facts);
  const formats = facts.mix.flatMap(({ format, count }) => Array.from({ length: count }, () => format));
  const ideas = ideasOf(facts, beat, chance, formats.length);
  return ideas.map((idea, at) => planItem(idea, formats[at] ?? '', at, facts, beat, chance));
}

function planItem(
  idea: Idea,
  format: string,
  at: number,
  facts: Facts,
  beat: Beat,
  chance: Chance,
): PlanItem {
  const { title, subject, lens } = idea;
  // News for every third item at most: a batch that only reacts reads like a feed.
  const peg = at % 3 === 0 ? (facts.news[Math.floor(at / 3)] ?? null) : null;
  const topic = `${cap(subject.name)}: ${lowered(subject.claim)}`;
  return {
    content_format: format,
    title,
    topic: fit(stopped(topic), facts.limit('topic')),
    angle: fit(stopped(lens.angle(subject.name)), facts.limit('angle')),
    rationale: fit(rationaleOf(format, peg, subject, facts, beat, chance), facts.limit('rationale')),
    news_peg: peg,
    button: fit(lens.button(subject.name), facts.limit('button')),
  };
}

function rationaleOf(
  format: string,
  peg: string | null,
  subject: Subject,
  facts: Facts,
  beat: Beat,
  chance: Chance,
): string {
  const planner = facts.line('Planner')?.split(/[.(,]/)[0]?.trim().replaceAll('_', ' ') ?? beat.name;
  const why = chance.pick([
    `Offline sample. Core ground of ${planner}, with a view that can be defended in one sentence.`,
    `Offline sample. Readers of ${planner} meet ${subject.name} every week and seldom see the matter taken apart.`,
    `Offline sample. Squarely within ${planner}, and something for the account to be known for.`,
  ]);
  const pegged = peg
    ? `Pegged to the news: ${stopped(peg)}`
    : 'No news peg needed; the question is evergreen.';
  const shape =
    format === 'video'
      ? 'Video, because the idea is one movement that can be shown in a few seconds.'
      : `${format || 'This format'}, because the argument needs room for its test and its cost.`;
  const fresh = chance.pick([
    'It adds a hands-on piece to a batch that would otherwise lean on opinion.',
    'Nothing else in the batch starts from a measurement.',
    'It changes the pace beside the longer arguments of the batch.',
  ]);
  return `${why} ${pegged} ${shape} ${fresh}`;
}

/** From how many listed titles on a run counts as long. */
const LONG_RUN = 80;

/** Ideas whose titles are free, those of different subjects first. */
function ideasOf(facts: Facts, beat: Beat, chance: Chance, count: number): Idea[] {
  const taken = new Set(facts.takenTitles.map(key));
  const most = facts.limit('title');
  const subjects = subjectsOf(beat, facts, chance);
  const lenses = chance.shuffle(sayableLenses(facts));
  // A prompt lists only the newest of many titles, so a long run needs titles that nobody drew before.
  const isLong = taken.size >= LONG_RUN;
  const ideas: Idea[] = [];
  for (let round = 0; ideas.length < count; round += 1) {
    for (const [at, subject] of subjects.entries()) {
      const lens = lenses[(at + round) % lenses.length] as Lens;
      const turn = isLong ? viewpoint(chance) : turnOf(Math.floor(round / lenses.length));
      const title = lens.title(subject.name) + turn;
      if (ideas.length === count || taken.has(key(title)) || title.length > most) continue;
      taken.add(key(title));
      ideas.push({ title, subject, lens });
    }
    // Subjects too long for the limit, or more titles than there are words: numbered ones are still distinct.
    if (round > lenses.length * (TURNS.length + count))
      return [...ideas, ...numbered(count - ideas.length, subjects, lenses, taken, most)];
  }
  return ideas;
}

/** The lenses whose words the prompt does not forbid. */
const sayableLenses = (facts: Facts): readonly Lens[] => {
  const allowed = LENSES.filter((lens) => {
    const words = [lens.title('it'), lens.button('it')];
    return sayable(facts, words).length === words.length;
  });
  return allowed.length > 0 ? allowed : LENSES;
};

const turnOf = (round: number): string =>
  `${TURNS[round % TURNS.length]}${round < TURNS.length ? '' : ` (${Math.floor(round / TURNS.length) + 1})`}`;

function numbered(
  count: number,
  subjects: readonly Subject[],
  lenses: readonly Lens[],
  taken: Set<string>,
  most: number,
): Idea[] {
  const ideas: Idea[] = [];
  for (let number = 1; ideas.length < count; number += 1) {
    const subject = subjects[number % subjects.length] as Subject;
    const end = ` (${number})`;
    const title = fit(cap(subject.name), most - end.length) + end;
    if (taken.has(key(title))) continue;
    taken.add(key(title));
    ideas.push({ title, subject, lens: lenses[number % lenses.length] as Lens });
  }
  return ideas;
}

const key = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
const lowered = (claim: string): string =>
  /^[A-Z][a-z]* /.test(claim) ? claim.charAt(0).toLowerCase() + claim.slice(1) : claim;
