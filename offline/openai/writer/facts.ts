import { resolved, type OutputSchema, type AskedPrompt } from '../question.js';

/** News that an item may hang on. */
interface NewsFact {
  /** By which the prompt lists it; null where it has none. */
  readonly number: number | null;
  readonly title: string;
}

/** What a prompt asks for, found in its words and in the descriptions of its schema. */
export interface Facts {
  readonly prompt: string;
  /** The mix to plan, in the order of the sentence; empty when none is asked for. */
  readonly mix: readonly { readonly format: string; readonly count: number }[];
  readonly takenTitles: readonly string[];
  readonly news: readonly NewsFact[];
  /** Without its `@`; null where no account is named. */
  readonly handle: string | null;
  readonly look: string;
  /** What an editor wants of the batch. */
  readonly brief: string | null;
  /** What an editor wants changed. */
  readonly revision: RevisionAsked | null;
  readonly bannedPhrases: readonly string[];
  readonly hashtags: { readonly least: number; readonly most: number };
  readonly paragraphs: number;
  /** The most words a body may have, `Infinity` where nothing is said. */
  readonly words: number;
  /** The value of a line such as `Topic: …`. */
  line(label: string): string | null;
  /** Whether the answer's schema has a field. */
  has(field: string): boolean;
  /** The most characters a field may have, `Infinity` where nothing is said. */
  limit(field: string): number;
}

const LEAST_PARAGRAPHS = 3;

export function factsOf(question: AskedPrompt): Facts {
  const { prompt } = question;
  const fields = question.schema
    ? fieldsOf(question.schema, question.schema)
    : new Map<string, OutputSchema>();
  const line = (label: string): string | null => lineOf(prompt, label);
  const phrases = (label: string): string[] =>
    (line(label) ?? '')
      .split(/[;,]/)
      .map((part) => part.trim().replace(/(?<![.'"])[.'"]+$|^['"]+/g, ''))
      .filter((phrase) => phrase !== '' && phrase !== 'none');
  const ofBody = `${prompt}\n${fields.get('body')?.description ?? ''}`;
  return {
    prompt,
    mix: mixOf(prompt),
    takenTitles: [...listed(prompt, /\btitles\b/i), ...told(prompt), ...refused(prompt)],
    news: listed(prompt, /\b(news|headlines)\b/i).map(newsIn),
    handle: /^Account: .*\(@(\w+)\)/m.exec(prompt)?.[1] ?? null,
    look: /^The look of the (?:picture|frame):\n([^]+?)\n\nPlanner: /m.exec(prompt)?.[1] ?? '',
    brief: /^The editor's brief for this batch:\n(.+)/m.exec(prompt)?.[1]?.trim() ?? null,
    revision: revisionAskedIn(prompt),
    bannedPhrases: ['Banned phrases', 'Never use these phrases', 'Never write', 'Never use'].flatMap(phrases),
    hashtags: hashtagRange(prompt, fields.get('hashtags')),
    paragraphs: numberIn(ofBody, /at least (\d+) paragraphs/i) ?? LEAST_PARAGRAPHS,
    words: numberIn(ofBody, /at most ([\d,]+) words/i) ?? Infinity,
    line,
    has: (field) => fields.has(plainName(field)),
    limit: (field) => limitOf(prompt, field, fields.get(plainName(field))),
  };
}

/** Field names are compared without case and joints: `alt_text` and `altText` are one. */
export const plainName = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function mixOf(prompt: string): Facts['mix'] {
  const sentence = [...prompt.matchAll(/Generate exactly \d+ items?:([^\n]*)/g)].at(-1)?.[1] ?? '';
  return [...sentence.matchAll(/(?<!\d)(\d+) with content_format='([^']+)'/g)].map(([, count, format]) => ({
    format: format ?? '',
    count: Number(count),
  }));
}

/** The titles for which the last plan was refused: a prompt lists only the newest that are taken. */
const refused = (prompt: string): string[] =>
  [...prompt.matchAll(/"([^"\n]+)"(?:: (?=[^";]*the title is taken)| repeats ")/g)].map(
    ([, title]) => title ?? '',
  );

/** The titles of the posts that the account is said to have had lately, rejected ones among them. */
const told = (prompt: string): string[] =>
  [...prompt.matchAll(/^- "(.+?)" \((?:published|rejected|taken back|not out)/gm)].map(
    ([, title]) => title ?? '',
  );

/** The first line with that label whose value is no rule, as `Title: at most 90 characters` is. */
function lineOf(prompt: string, label: string): string | null {
  const pattern = new RegExp(`^[ \\t>*#-]*${label}\\**:\\**[ \\t]*(\\S.*)$`, 'gim');
  const values = [...prompt.matchAll(pattern)].map(([, value]) => (value ?? '').trim());
  return values.find((value) => !/^(at most|at least|between)\b/i.test(value)) ?? null;
}

/** The `- …` lines under every heading that the pattern finds. */
function listed(prompt: string, heading: RegExp): string[] {
  let isUnder = false;
  return prompt.split('\n').flatMap((text) => {
    const [, item] = /^\s*[-*] (.+)$/.exec(text) ?? [];
    if (item !== undefined) return isUnder ? [item.trim()] : [];
    if (text.trim() !== '') isUnder = heading.test(text);
    return [];
  });
}

/** A line such as `[3] 2026-11-24 Its title (https://news.example/3) · how it begins`, or of the title alone. */
function newsIn(line: string): NewsFact {
  const [, number, told] = /^\[(\d+)\] (?:\d{4}-\d{2}-\d{2} )?(.+)$/.exec(line) ?? [];
  if (told === undefined) return { number: null, title: line };
  const [title = ''] = told.split(/ \(https?:| · /);
  return { number: Number(number), title };
}

function hashtagRange(prompt: string, field: OutputSchema | undefined): Facts['hashtags'] {
  const said = /between (\d+) and (\d+)/i;
  const [, least, most] =
    /hashtags:\s*between (\d+) and (\d+)/i.exec(prompt) ?? said.exec(field?.description ?? '') ?? [];
  if (least !== undefined && most !== undefined) return { least: Number(least), most: Number(most) };
  return {
    least: field?.minItems ?? Math.min(3, field?.maxItems ?? 3),
    most: field?.maxItems ?? Math.max(5, field?.minItems ?? 5),
  };
}

function limitOf(prompt: string, field: string, schema: OutputSchema | undefined): number {
  const words = /(?:at most|up to|no more than|maximum(?: of)?|max\.?) ([\d,]+) characters/i;
  const label = field.replace(/_/g, '[_ ]?');
  const inPrompt = numberIn(
    prompt,
    new RegExp(`^[\\s>*#-]*${label}\\**:\\**\\s*at most ([\\d,]+) characters`, 'im'),
  );
  const inSchema = numberIn(schema?.description ?? '', words);
  return Math.min(inPrompt ?? Infinity, inSchema ?? Infinity, schema?.maxLength ?? Infinity);
}

function numberIn(text: string, pattern: RegExp): number | null {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? null : Number(found.replaceAll(',', ''));
}

/** Every property of a schema at any depth, by its plain name; the outermost wins. */
function fieldsOf(schema: OutputSchema, root: OutputSchema, depth = 0): Map<string, OutputSchema> {
  const one = resolved(schema, root);
  const found = new Map<string, OutputSchema>();
  if (depth > 6) return found;
  const inner = [
    ...Object.values(one.properties ?? {}),
    ...(one.items ? [one.items] : []),
    ...(one.anyOf ?? []),
  ];
  for (const each of inner)
    for (const [name, field] of fieldsOf(each, root, depth + 1)) found.set(name, field);
  for (const [name, field] of Object.entries(one.properties ?? {}))
    found.set(plainName(name), resolved(field, root));
  return found;
}

/** A version that an editor has read, and what they ask for. */
export interface RevisionAsked {
  readonly note: string;
  readonly title: string;
  /** Null for a format without an article. */
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
}

const ASKED =
  /<version>\n([\s\S]+)\n<\/version>\s+The editor asks for this change[^\n]*\n([\s\S]+?)(?=\n\nThere was a problem with the last draft|\n\nAnswer with the JSON object alone|$)/;

/** What a prompt wants revised; null for a first draft. */
function revisionAskedIn(prompt: string): RevisionAsked | null {
  const [, version, note] = ASKED.exec(prompt) ?? [];
  if (version === undefined || note === undefined) return null;
  const titleEnd = `${version}\n`.indexOf('\n');
  const title = version.slice(0, titleEnd).replace(/^Title: /, '');
  const rest = version.slice(titleEnd);
  const captionAt = rest.lastIndexOf('\n\nCaption: ');
  const hashtagsAt = rest.lastIndexOf('\n\nHashtags: ');
  if (captionAt < 0 || hashtagsAt < captionAt) return null;
  const [hashtags = ''] = rest.slice(hashtagsAt + '\n\nHashtags: '.length).split('\n');
  const body = rest.slice(0, captionAt).trim();
  return {
    note: note.trim(),
    title,
    body: body === '' ? null : body,
    caption: rest.slice(captionAt + '\n\nCaption: '.length, hashtagsAt).trim(),
    hashtags: hashtags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  };
}
