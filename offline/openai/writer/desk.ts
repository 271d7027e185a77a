import type { Chance } from '../../seed.js';
import { aiEngineering } from './beats/ai-engineering.js';
import type { Beat, Subject } from './beats/beat.js';
import { bread } from './beats/bread.js';
import { gardening } from './beats/gardening.js';
import { EVERYDAY, general, generalSubject } from './beats/general.js';
import type { Facts } from './facts.js';

const BEATS: readonly Beat[] = [aiEngineering, bread, gardening];
const NAME_MAX = 60;

/** The field a prompt is about, by its telling words: those of its own topic count before the rest of the prompt. */
export function beatOf(facts: Facts): Beat {
  const focus = ['Topic', 'Title', 'Angle', 'Planner', 'Covers']
    .map((label) => facts.line(label) ?? '')
    .join(' ');
  return loudest(focus.replaceAll('_', ' ')) ?? loudest(facts.prompt.replaceAll('_', ' ')) ?? general;
}

function loudest(text: string): Beat | null {
  const heard = BEATS.map((beat) => ({ beat, count: text.match(beat.words)?.length ?? 0 }));
  const [best] = heard.sort((a, b) => b.count - a.count);
  return best && best.count > 0 ? best.beat : null;
}

/** What a plan can be about: the beat's subjects, or for an unknown field what the prompt says it covers. */
export function subjectsOf(beat: Beat, facts: Facts, chance: Chance): readonly Subject[] {
  if (beat.subjects.length > 0) return nearestFirst(chance.shuffle(beat.subjects), facts);
  const covered = facts.covers.filter((name) => name.length <= NAME_MAX);
  return (covered.length > 0 ? covered : EVERYDAY).map((name) => generalSubject(name, chance));
}

/** Those first whose words the planner's coverage shares. */
function nearestFirst(subjects: readonly Subject[], facts: Facts): readonly Subject[] {
  const covered = new Set(longWords(`${facts.line('Planner') ?? ''} ${facts.line('Covers') ?? ''}`));
  const shared = ({ name, claim }: Subject): number =>
    longWords(`${name} ${name} ${claim}`).filter((word) => covered.has(word)).length;
  return subjects.toSorted((a, b) => shared(b) - shared(a));
}

/** Words that carry a meaning, by their beginnings: `caching` and `cache` are one. */
const longWords = (text: string): string[] =>
  (text.toLowerCase().match(/[a-z]{4,}/g) ?? []).map((word) => word.slice(0, 4));

/** The subject of a piece: the one its topic names, else the topic itself. */
export function subjectOf(beat: Beat, facts: Facts, chance: Chance): Subject {
  const topic = facts.line('Topic') ?? facts.line('Title') ?? '';
  const said = `${topic} ${facts.line('Title') ?? ''}`.toLowerCase();
  const named = beat.subjects.find(({ name }) => said.includes(name.toLowerCase()));
  if (named) return named;
  if (topic === '') return chance.pick(subjectsOf(beat, facts, chance));
  return generalSubject(nounOf(topic), chance);
}

/** A topic as it can stand inside a sentence. */
function nounOf(topic: string): string {
  const head = topic.split(/[.:;?!]\s/)[0] ?? topic;
  const short = head.length <= NAME_MAX ? head : head.slice(0, NAME_MAX).replace(/(?<!\s)\s+\S*$/, '');
  const clean = short.replace(/(?<![.,:;?!])[.,:;?!]+$/, '').trim();
  // An acronym or a name keeps its capital.
  return /^[A-Z][a-z]+ [a-z]/.test(clean) ? clean.charAt(0).toLowerCase() + clean.slice(1) : clean;
}
