import type { Question } from '../question.js';
import { resolved, type JsonSchema } from '../json-schema.js';

/** What a prompt asks for, found in its words and in the descriptions of its schema. */
export interface Facts {
  readonly prompt: string;
  /** The mix to plan, in the order of the sentence; empty when none is asked for. */
  readonly mix: readonly { readonly format: string; readonly count: number }[];
  readonly takenTitles: readonly string[];
  readonly news: readonly string[];
  readonly covers: readonly string[];
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

export function factsOf(question: Question): Facts {
  const { prompt } = question;
  const fields = question.schema ? fieldsOf(question.schema, question.schema) : new Map<string, JsonSchema>();
  const line = (label: string): string | null => lineOf(prompt, label);
  const list = (label: string): string[] =>
    (line(label) ?? '')
      .split(/[;,]/)
      .map((part) => part.trim().replace(/(?<![.'"])[.'"]+$|^['"]+/g, ''))
      .filter(Boolean);
  const ofBody = `${prompt}\n${fields.get('body')?.description ?? ''}`;
  return {
    prompt,
    mix: mixOf(prompt),
    takenTitles: listed(prompt, /\btitles\b/i),
    news: listed(prompt, /\b(news|headlines)\b/i),
    covers: list('Covers'),
    bannedPhrases: ['Banned phrases', 'Never use these phrases', 'Never write', 'Never use'].flatMap(list),
    hashtags: hashtagRange(prompt, fields.get('hashtags')),
    paragraphs: Math.max(LEAST_PARAGRAPHS, numberIn(ofBody, /at least (\d+) paragraphs/i) ?? 0),
    words: numberIn(ofBody, /at most ([\d,]+) words/i) ?? Infinity,
    line,
    has: (field) => fields.has(plain(field)),
    limit: (field) => limitOf(prompt, field, fields.get(plain(field))),
  };
}

/** Field names are compared without case and joints: `alt_text` and `altText` are one. */
export const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

function mixOf(prompt: string): Facts['mix'] {
  const sentence = [...prompt.matchAll(/Generate exactly \d+ items?:([^\n]*)/g)].at(-1)?.[1] ?? '';
  return [...sentence.matchAll(/(?<!\d)(\d+) with content_format='([^']+)'/g)].map(([, count, format]) => ({
    format: format ?? '',
    count: Number(count),
  }));
}

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

function hashtagRange(prompt: string, field: JsonSchema | undefined): Facts['hashtags'] {
  const said = /between (\d+) and (\d+)/i;
  const [, least, most] =
    /hashtags:\s*between (\d+) and (\d+)/i.exec(prompt) ?? said.exec(field?.description ?? '') ?? [];
  if (least !== undefined && most !== undefined) return { least: Number(least), most: Number(most) };
  return {
    least: field?.minItems ?? Math.min(3, field?.maxItems ?? 3),
    most: field?.maxItems ?? Math.max(5, field?.minItems ?? 5),
  };
}

function limitOf(prompt: string, field: string, schema: JsonSchema | undefined): number {
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
function fieldsOf(schema: JsonSchema, root: JsonSchema, depth = 0): Map<string, JsonSchema> {
  const one = resolved(schema, root);
  const found = new Map<string, JsonSchema>();
  if (depth > 6) return found;
  const inner = [
    ...Object.values(one.properties ?? {}),
    ...(one.items ? [one.items] : []),
    ...(one.anyOf ?? []),
  ];
  for (const each of inner)
    for (const [name, field] of fieldsOf(each, root, depth + 1)) found.set(name, field);
  for (const [name, field] of Object.entries(one.properties ?? {}))
    found.set(plain(name), resolved(field, root));
  return found;
}
