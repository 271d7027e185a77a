import { formatOf, FORMAT_NAMES } from '../../contract/formats/registry.js';
import type { FormReader } from '../kit/form.js';
import type { Edit, ReviewRequest } from '../../contract/messages.js';
import { GATES, type Redo } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { parseIsoTime } from '../../contract/time.js';
import { momentOf } from '../../contract/wall-time.js';
import { FIELDS, hashtagsIn, type LimitedField } from './limits.js';

/** A decision as a form sent it: for the revision that it showed, or why it can't be used. */
type FormDecision =
  { readonly request: ReviewRequest; readonly revision: number } | { readonly problem: string };

interface FormContext {
  /** Who decides. */
  readonly by: string;
  /** The account's zone, in which a time was typed. */
  readonly timeZone: string;
  readonly now: Date;
  /** The post as it is now. */
  readonly status: Pick<PostStatus, 'title' | 'body' | 'caption' | 'hashtags' | 'altText' | 'texts'>;
}

export const REDO_CHOICES: readonly (readonly [Redo, words: string])[] = [
  ['text', 'text'],
  ['image', 'picture'],
  ['video', 'clip'],
  ['all', 'all'],
];

/** What can be made again of a post. */
export const redoChoices = (contentFormat: string): typeof REDO_CHOICES =>
  REDO_CHOICES.filter(([redo]) => redo !== 'video' || hasClip(contentFormat));
const hasClip = (contentFormat: string): boolean =>
  FORMAT_NAMES.includes(contentFormat) && formatOf(contentFormat).media.includes('video');

/** The decision that a form makes. */
export function decisionIn(fields: FormReader, context: FormContext): FormDecision {
  const revision = Number(fields('revision'));
  if (!Number.isInteger(revision) || revision < 1)
    return { problem: 'The form names no revision; open the post again.' };
  const read = requestIn(fields, revision, context);
  return 'problem' in read ? read : { request: read, revision };
}

type Read = ReviewRequest | { readonly problem: string };

function requestIn(fields: FormReader, revision: number, context: FormContext): Read {
  const { by } = context;
  const note = noteIn(fields);
  const publishAt = publishAtIn(fields, context);
  switch (fields('decision')) {
    case 'approve':
      if (typeof publishAt === 'object') return publishAt;
      return {
        decision: 'approve',
        by,
        revision,
        gate: GATES.find((known) => known === fields('gate')),
        note: note || undefined,
        publishAt: publishAt || undefined,
      };
    case 'reject':
      return note === ''
        ? { problem: 'Say why in the note; then reject it.' }
        : { decision: 'reject', by, reason: note };
    case 'revise': {
      if (note === '') return { problem: 'Say in the note what to change; then revise it.' };
      const redo = fields('redo') || 'text';
      const known = REDO_CHOICES.find(([each]) => each === redo);
      if (!known) return { problem: 'Only text, picture, clip or all can be made again.' };
      return { decision: 'revise', by, instructions: note, redo: known[0] };
    }
    case 'edit':
      return editIn(fields, context);
    case 'resume':
      return { decision: 'resume', by, note: note || undefined };
    case 'reschedule':
      if (typeof publishAt === 'object') return publishAt;
      return publishAt === ''
        ? { problem: 'Choose when it is to be published.' }
        : { decision: 'reschedule', by, publishAt };
    case 'cancel':
      return { decision: 'cancel', by, reason: note || undefined };
    default:
      return { problem: 'The form names no decision that the desk knows.' };
  }
}

const noteIn = (fields: FormReader): string =>
  oneKindOfBreak(fields('note') || fields('reason') || fields('instructions')).trim();

/** When to publish: empty for whatever the account does. */
function publishAtIn(fields: FormReader, { timeZone, now }: FormContext): string | { problem: string } {
  const chosen = fields('publishAt');
  if (chosen === '' || chosen === 'now' || chosen === 'next') return chosen;
  const typed = chosen === 'at' ? fields('at') : chosen;
  const ms = parseIsoTime(typed) ?? parseIsoTime(wallTimeToUtc(typed, timeZone) ?? '');
  if (ms === null) return { problem: 'Choose the day and the time at which it is to be published.' };
  if (ms <= now.getTime()) return { problem: 'The time at which it is to be published is past.' };
  return new Date(ms).toISOString();
}

export const NOTHING_CHANGED = 'Nothing was changed.';

/** Only what was changed is sent: what stays is nobody's new word. */
function editIn(fields: FormReader, context: FormContext): Read {
  const { by, status } = context;
  const target = fields('target');
  if (target !== '') return ownTextIn(fields, target, context);
  const changes: { -readonly [K in keyof Omit<Edit, 'by'>]: Edit[K] } = {};
  for (const field of FIELDS) {
    if (field === 'body' && status.body === null) continue;
    const text = oneKindOfBreak(fields(field)).trim();
    if (!isChanged(fields, field, status)) continue;
    if (field === 'hashtags') changes.hashtags = hashtagsIn(text);
    else if (text === '') return { problem: `${FIELD_WORDS[field]} can't be empty.` };
    else changes[field] = text;
  }
  if (Object.keys(changes).length === 0) return { problem: NOTHING_CHANGED };
  return { decision: 'edit', by, ...changes };
}

/** A text for one target alone; an empty one gives back what is fitted. */
function ownTextIn(fields: FormReader, target: string, { by, status }: FormContext): Read {
  const text = oneKindOfBreak(fields('text')).trim();
  const now = status.texts?.find((one) => one.target === target);
  if (text === now?.text.trim() || (text === '' && now?.own === false)) return { problem: NOTHING_CHANGED };
  return { decision: 'edit', by, target, text };
}

export const FIELD_WORDS: Readonly<Record<LimitedField, string>> = {
  title: 'Title',
  body: 'Body',
  caption: 'Caption',
  hashtags: 'Hashtags',
  altText: 'Alt text',
};

/** A part of a post as a form shows it. */
export const textOf = (status: FormContext['status'], field: LimitedField): string =>
  field === 'hashtags' ? status.hashtags.map((tag) => `#${tag}`).join(' ') : (status[field] ?? '');

/** Whether a form sent other words than a post has. */
export const isChanged = (fields: FormReader, field: LimitedField, words: FormContext['status']): boolean =>
  oneKindOfBreak(fields(field)).trim() !== oneKindOfBreak(textOf(words, field)).trim();

/** A form sends line breaks as CRLF, whatever was in it. */
const oneKindOfBreak = (text: string): string => text.replaceAll('\r\n', '\n');

/** What a field for a day and a time sends: `2026-07-02T09:00`. */
const WALL_TIME = /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;

/**
 * A time as the clocks of a zone show it, in UTC as ISO 8601; null for what is none. Of a time that the clocks show twice it is
 * the first; one that they skip is the moment after the gap, as for a slot.
 */
export function wallTimeToUtc(text: string, timeZone: string): string | null {
  const match = WALL_TIME.exec(text);
  if (!match) return null;
  const [year = 0, month = 0, day, hour, minute] = match.slice(1).map(Number);
  const shown = Date.UTC(year, month - 1, day, hour, minute);
  if (new Date(shown).getUTCDate() !== day || new Date(shown).getUTCMonth() !== month - 1) return null;
  return new Date(momentOf(shown, timeZone)).toISOString();
}
