import type { Chance } from './habits.js';
import { sentence, sentences, type Order } from './write.js';

/** An answer to a reader, and the posts that it means to cite. */
export interface SloppyReply {
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
