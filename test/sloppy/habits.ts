import { chanceOf } from '../../offline/seed.js';

/** Choices that look random and are the same for the same words: a run of the sloppy writer can be repeated. */
export function chanceFor(...words: readonly (string | number)[]) {
  const chance = chanceOf(words.join('\n'));
  return {
    is: (likelihood: number): boolean => chance.next(1_000) < likelihood * 1_000,
    from: (least: number, most: number): number => least + chance.next(most - least + 1),
    of: <T>(choices: readonly T[]): T => chance.pick(choices),
  };
}
export type Chance = ReturnType<typeof chanceFor>;

/** What a model that writes in its own way does, each of it seen at one, and how often. */
const LIKELIHOOD = {
  fence: 0.6,
  preface: 0.5,
  afterword: 0.4,
  'extra field': 0.3,
  'hash signs': 0.6,
  'tag too many': 1,
  'tags in caption': 0.3,
  'tags as text': 0.2,
  'quoted title': 0.4,
  'long title': 0.2,
  'long caption': 0.25,
  'null alt text': 0.15,
  'long button': 1,
  'item missing': 1,
  parts: 0.4,
};
export type Habit = keyof typeof LIKELIHOOD;
export const HABITS = Object.keys(LIKELIHOOD) as Habit[];

/** The rule of the house style that a habit breaks; the others are a matter of form. */
export const BREAKS: Readonly<Partial<Record<Habit, string>>> = {
  'tag too many': 'hashtags.count',
  'long title': 'title.length',
  'long caption': 'caption.length',
  'null alt text': 'altText.length',
};

/** The habits of one answer. Told what was wrong, it mends half of it, and may slip elsewhere. */
export function habitsFor(chance: Chance, isAgain: boolean): Set<Habit> {
  const drawn = HABITS.filter((habit) => chance.is(LIKELIHOOD[habit]));
  const mends = (habit: Habit): boolean =>
    isAgain && (habit === 'item missing' || (BREAKS[habit] !== undefined && chance.is(0.5)));
  return new Set(drawn.filter((habit) => !mends(habit)));
}

/** How a server tells what a call took. */
export const USAGES = ['sound', 'missing', 'empty', 'strings', 'cost'] as const;
export type UsageKind = (typeof USAGES)[number];

/** What the server of the kind `cost` says each call cost, US dollars. */
export const COST_USD = 0.000123;

/** Null: the answer has no such field. */
export function usageOf(kind: UsageKind, api: 'chat' | 'responses'): object | null {
  const [input, output] =
    api === 'chat' ? ['prompt_tokens', 'completion_tokens'] : ['input_tokens', 'output_tokens'];
  switch (kind) {
    case 'missing':
      return null;
    case 'empty':
      return {};
    case 'strings':
      return { [input]: 'about 1200', [output]: '300' };
    case 'sound':
      return { [input]: 1_200, [output]: 300, total_tokens: 1_500 };
    case 'cost':
      return { [input]: 1_200, [output]: 300, total_tokens: 1_500, cost: COST_USD };
  }
}
