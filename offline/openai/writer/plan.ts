import { samplePosts, type SamplePost } from '../sample-posts.js';
import { chanceOf } from '../../seed.js';
import type { Facts } from './facts.js';
import { fit, isSayable, sayable } from './fit.js';
import { numberOf, placeholderPlan, subjectOf, titlesOf } from './placeholder.js';

/** One planned item, under the names its schema uses. */
export type PlanItem = Readonly<Record<string, unknown>>;

interface Idea {
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
  readonly rationale: string;
  readonly button: string;
}

/**
 * Plans exactly the mix that the prompt asks for; every title differs from the others and from those it lists. Hand-written
 * posts first, those of the planner before the account's others, then placeholders.
 */
export function planItems(facts: Facts): PlanItem[] {
  const formats = facts.mix.flatMap(({ format, count }) => Array.from({ length: count }, () => format));
  const posts = postsFor(facts).slice(0, formats.length);
  const ideas = [...posts, ...placeholders(facts, formats.length - posts.length)];
  return ideas.map((idea, at) => {
    // News for every third item at most: a batch that only reacts reads like a feed.
    const peg = at % 3 === 0 ? (facts.news[Math.floor(at / 3)] ?? null) : null;
    const { title, ...plan } = idea;
    const fitted = Object.entries(plan).map(([field, text]) => [field, fit(text, facts.limit(field))]);
    return {
      content_format: formats[at],
      title,
      ...Object.fromEntries(fitted),
      news_peg: peg && fit(peg.title, facts.limit('news_peg')),
      news_url: typeof peg?.number === 'number' ? String(peg.number) : null,
    };
  });
}

/** A list as long as this one may leave some of the taken titles out, those of hand-written posts among them. */
const LONG_LIST = 100;

/** The hand-written posts that may be planned. A brief wants something else than what was written before it. */
function postsFor(facts: Facts): readonly Idea[] {
  const taken = new Set(facts.takenTitles.map(key));
  if (facts.brief !== null || taken.size >= LONG_LIST) return [];
  const planner = facts.line('Planner');
  const free = samplePosts(facts.handle ?? '').filter(
    ({ title, button }) =>
      !taken.has(key(title)) &&
      title.length <= facts.limit('title') &&
      isSayable(facts, `${title}\n${button}`),
  );
  const isOwn = (post: SamplePost): boolean => post.planner === planner;
  return [...free.filter(isOwn), ...free.filter((post) => !isOwn(post))].map((post) => ({
    title: post.title,
    topic: post.topic,
    angle: post.angle,
    button: post.button,
    rationale: sayable(facts, [
      'Offline sample.',
      ...(isOwn(post) ? [] : [`Borrowed from ${post.planner}: the samples of this planner are used up.`]),
      post.rationale,
    ]).join(' '),
  }));
}

function placeholders(facts: Facts, count: number): readonly Idea[] {
  const taken = new Set(facts.takenTitles.map(key));
  const { topic = '', angle = '', rationale = '', button = '' } = placeholderPlan(facts);
  const ideas: Idea[] = [];
  for (let number = firstNumber(facts); ideas.length < count; number += 1) {
    const title = titleFor(facts, number);
    if (taken.has(key(title))) continue;
    taken.add(key(title));
    ideas.push({ title, topic, angle, rationale, button });
  }
  return ideas;
}

/**
 * One more than the highest that the prompt lists, so that a number is not used twice although a list names only the newest.
 * After a plan was refused for its titles somebody else is counting too: then a long way further on.
 */
function firstNumber(facts: Facts): number {
  const last = Math.max(0, ...facts.takenTitles.map(numberOf));
  const isRefused = /\bthe title is taken\b/.test(facts.prompt);
  return last + 1 + (isRefused ? 100 + chanceOf(facts.prompt).next(900) : 0);
}

function titleFor(facts: Facts, number: number): string {
  const titles = titlesOf(subjectOf(facts), number);
  const fitting = titles.filter((title) => title.length <= facts.limit('title') && isSayable(facts, title));
  return fitting[0] ?? String(number);
}

const key = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
