import type { Chance, Habit } from './habits.js';
import type { Field } from './question.js';

const THINGS = [
  ...'invoice queue benchmark cache retry dashboard prompt pager demo'.split(' '),
  'context window',
];
const DOES = ['hides', 'outlives', 'pays for', 'explains', 'slows', 'counts', 'beats', 'forgets'];
const HOW = [
  ...['quietly', 'every night', 'on Mondays', 'at the third try', 'by the hour', 'in small print', 'twice'],
];
const OPENERS = [
  ...['Look closer:', 'In practice,', 'Say it plainly:', 'Most teams find that', 'By the second week'],
];

export const sentence = (chance: Chance): string =>
  `${chance.of(OPENERS)} the ${chance.of(THINGS)} ${chance.of(DOES)} the ${chance.of(THINGS)} ${chance.of(HOW)}.`;

export const sentences = (chance: Chance, count: number): string =>
  Array.from({ length: count }, () => sentence(chance)).join(' ');

const title = (chance: Chance): string =>
  `The ${chance.of(THINGS)} ${chance.of(DOES)} the ${chance.of(THINGS)} ${chance.of(HOW)}`;

/** A button in a model's own words: never word for word, and never alone. */
function paraphrase(button: string, chance: Chance): string {
  const words = button.replace(/[.!?]+$/, '').split(/\s+/);
  const turned = chance.is(0.5) ? [...words.slice(2), ...words.slice(0, 2)] : words;
  return `${sentence(chance)} Put another way, ${turned.join(' ').toLowerCase()}, or near enough. ${sentence(chance)}`;
}

/** One-word tags, as many as told, all different. */
const tags = (chance: Chance, count: number): string[] => {
  const first = chance.from(0, 9);
  return Array.from({ length: count }, (_, at) => {
    const word = THINGS[(first + at) % THINGS.length]!.replace(/ (\w)/g, (_all, letter: string) =>
      letter.toUpperCase(),
    );
    return at < THINGS.length ? word : `${word}${at}`;
  });
};

export interface Order {
  readonly fields: readonly Field[];
  readonly prompt: string;
  readonly habits: ReadonlySet<Habit>;
  readonly chance: Chance;
}

/** Fills the fields as a model would that reads the prompt once and follows most of it. */
export function fill(order: Order): Record<string, unknown> {
  const list = order.fields.find(({ kind }) => kind === 'objects');
  const value = list ? { [list.name]: items(order, list) } : draft(order);
  return order.habits.has('extra field') ? { ...value, confidence: 0.87 } : value;
}

/** "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'." */
function items({ prompt, habits, chance }: Order, { fields }: Field): unknown[] {
  const formats = [...sentenceOf(prompt).matchAll(/(\d+) with content_format='(\w+)'/g)].flatMap(
    ([, count, name]) => Array<string>(Number(count)).fill(String(name)),
  );
  const wanted = habits.has('item missing') ? formats.slice(1) : formats;
  const taken = new Set<string>();
  return wanted.map((format, at) => {
    let own = title(chance);
    while (taken.has(own) || prompt.includes(own)) own = title(chance);
    taken.add(own);
    const values: Record<string, unknown> = {
      content_format: chance.is(0.2) ? format.replace('_', ' ') : format,
      title: habits.has('quoted title') ? `"${own}"` : own,
      news_peg: chance.of([null, 'none', 'N/A', 'The price list of last week']),
      button: at === 0 && habits.has('long button') ? sentences(chance, 6) : sentence(chance),
    };
    return Object.fromEntries(
      fields.map(({ name }) => [name, name in values ? values[name] : sentences(chance, 2)]),
    );
  });
}

/** It may stand in a prompt more than once, with the counts of the last answer beside it. */
const sentenceOf = (prompt: string): string => /Generate exactly [^.]+\./.exec(prompt)?.[0] ?? '';

function draft({ fields, prompt, habits, chance }: Order): Record<string, unknown> {
  const button = /^Button: (.+)$/m.exec(prompt)?.[1] ?? '';
  const most = fields.find(({ kind }) => kind === 'list')?.most ?? 5;
  const words = tags(chance, habits.has('tag too many') ? most + 1 : most);
  const signed = habits.has('hash signs') ? words.map((word) => `#${word}`) : words;
  const isVideo = !fields.some(({ name }) => name === 'body');
  const long = (field: string): string => {
    const limit = fields.find(({ name }) => name === field)?.most ?? 100;
    return sentences(chance, Math.ceil(limit / 50) + 2);
  };
  const caption = [
    habits.has('long caption') ? long('caption') : sentence(chance),
    ...(isVideo && !habits.has('long caption') ? [`And ${button.toLowerCase().slice(0, 60)}`] : []),
    ...(habits.has('tags in caption') ? [`#${words[0]} #${words[1]}`] : []),
  ].join('\n\n');
  const own = habits.has('long title') ? long('title') : title(chance);
  const values: Record<string, unknown> = {
    title: habits.has('quoted title') ? `"${own}"` : own,
    body: [...Array.from({ length: 3 }, () => sentences(chance, 3)), paraphrase(button, chance)].join('\n\n'),
    caption,
    hashtags: habits.has('tags as text') ? signed.join(', ') : signed,
    alt_text: habits.has('null alt text') ? null : sentence(chance),
  };
  return Object.fromEntries(
    fields.map(({ name }) => [name, name in values ? values[name] : sentences(chance, 2)]),
  );
}

/** JSON as it comes from a model that likes to talk. */
export function wrap(value: object, habits: ReadonlySet<Habit>, chance: Chance): string {
  const json = JSON.stringify(value, null, 2);
  return [
    ...(habits.has('preface') ? ['Sure! Here is the JSON object that you asked for {with all fields}:'] : []),
    habits.has('fence') ? `\`\`\`${chance.of(['json', 'JSON', ''])}\n${json}\n\`\`\`` : json,
    ...(habits.has('afterword') ? ['Let me know if you would like me to change anything. :-}'] : []),
  ].join('\n\n');
}

/** An answer to a reader, and the posts that it means to cite. */
interface SloppyReply {
  readonly value: Record<string, unknown>;
  readonly cites: readonly string[];
}

interface Post {
  readonly id: string;
  readonly title: string;
  /** From 1. */
  readonly number: number;
}

/** The ways in which models name the posts that an answer rests on. */
const WAYS = {
  ids: (posts: readonly Post[]) => posts.map(({ id }) => id),
  objects: (posts: readonly Post[]) => posts.map(({ id, title }) => ({ post_id: id, title })),
  titles: (posts: readonly Post[]) => posts.map(({ title }) => `“${title}”`),
  numbers: (posts: readonly Post[]) => posts.map(({ number }) => `[${number}]`),
  text: (posts: readonly Post[]) => posts.map(({ id }) => id).join(', '),
  stranger: (posts: readonly Post[]) => ['a1B2c3D4e5F6', ...posts.map(({ id }) => id)],
  prose: () => [],
} as const;

/** Answers as a model would that reads the prompt once: a flag, a few sentences, and posts named in a way of its own. */
export function answer({ fields, prompt, habits, chance }: Order): SloppyReply {
  const posts = postsIn(prompt);
  const isAnswered = posts.length > 0 && !chance.is(0.15);
  const first = chance.from(0, Math.max(0, posts.length - 1));
  const cited = isAnswered ? posts.slice(first, first + chance.from(1, 2)) : [];
  const way = chance.of(Object.keys(WAYS) as (keyof typeof WAYS)[]);
  const values = {
    flag: isAnswered ? chance.of([true, 'true', 'Yes', 'yes.']) : chance.of([false, 'false', 'No']),
    text: isAnswered ? prose(cited, way, chance) : sentence(chance),
    list: isAnswered ? WAYS[way](cited) : chance.of([[], null]),
  };
  const value = Object.fromEntries(
    fields.map(({ name, kind }) => [name, kind === 'objects' ? [] : values[kind]]),
  );
  return {
    value: habits.has('extra field') ? { ...value, confidence: 0.87 } : value,
    cites: cited.map(({ id }) => id),
  };
}

function prose(cited: readonly Post[], way: keyof typeof WAYS, chance: Chance): string {
  const said = sentences(chance, 2);
  if (way === 'numbers') return `${said.slice(0, -1)} ${cited.map(({ number }) => `[${number}]`).join('')}.`;
  if (way === 'prose') return `${said} (${cited.map(({ id }) => `post ${id}`).join(', ')})`;
  return chance.is(0.3) ? `**${said}**` : said;
}

/** Posts as a prompt offers them: an id in a tag, the title on the line after it. */
const postsIn = (prompt: string): Post[] =>
  [...prompt.matchAll(/<post [^>]*\bid="(\w+)"[^>]*>\n([^\n]+)/g)].map(([, id = '', title = ''], at) => ({
    ...{ id, title, number: at + 1 },
  }));
