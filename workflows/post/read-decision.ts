import { EDIT_LIMITS, TEXT_LIMITS, MOST_HASHTAGS } from '../../contract/limits.js';
import { GATES, REDO_KINDS, type Gate, type Redo } from '../../contract/states.js';
import { readField, isTime, textField, wordsField } from './message-fields.js';
import type { DraftChanges } from './state/words.js';

/** A decision as it reached a post, checked. `note` is what the record keeps of the person's words. */
export type Decision =
  | {
      readonly kind: 'approve';
      readonly by: string;
      readonly note: string | null;
      readonly gate: Gate | null;
      readonly revision: number | null;
      /** ISO 8601, `now` or `next`. */
      readonly publishAt: string | null;
    }
  | { readonly kind: 'reject'; readonly by: string; readonly note: string }
  | { readonly kind: 'cancel'; readonly by: string; readonly note: string | null }
  | { readonly kind: 'resume'; readonly by: string; readonly note: string | null }
  | {
      readonly kind: 'reschedule';
      readonly by: string;
      readonly note: string;
      /** ISO 8601, `now` or `next`. */
      readonly publishAt: string;
    }
  | { readonly kind: 'revise'; readonly by: string; readonly note: string; readonly redo: Redo }
  | {
      readonly kind: 'edit';
      readonly by: string;
      readonly note: null;
      /** The one that is meant; the present one when left out. */
      readonly revision?: number;
      /** The person's words. */
      readonly changes: DraftChanges;
      /** A text of the person's own for one target. */
      readonly own?: OwnEdit;
      /** The asset of a picture of the person's own. */
      readonly hero?: string;
    };

/** A text for one target alone; an empty one gives back the fitted text. */
export interface OwnEdit {
  readonly target: string;
  readonly text: string;
}

export type DecisionName = Decision['kind'];

type Read = { decision: Decision } | { problem: string };

/** No target shows them, and each takes six bytes of what a post may carry over. */
const UNPRINTABLE = /[^\P{Cc}\n\t]/gu;

/** What a message holds beside what we know is ignored; what is of the wrong kind makes it a problem, named in one clause. */
export function readDecision(kind: DecisionName, raw: unknown): Read {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { problem: 'the message is not an object' };
  const message = raw as Record<string, unknown>;
  const by = textField(message, 'by', 200);
  if (!by?.trim()) return { problem: 'by must be text of 1 to 200 characters' };
  switch (kind) {
    case 'approve':
      return readApproval(message, by);
    case 'reschedule':
      return readReschedule(message, by);
    case 'revise':
      return readRevision(message, by);
    case 'edit':
      return readEdit(message, by);
    case 'reject': {
      const note = textField(message, 'reason', TEXT_LIMITS.note);
      return note?.trim()
        ? { decision: { kind, by, note } }
        : { problem: `reason must say why, in at most ${TEXT_LIMITS.note} characters` };
    }
    case 'cancel':
      return withNote(message, 'reason', (note) => ({ kind, by, note }));
    case 'resume':
      return withNote(message, 'note', (note) => ({ kind, by, note }));
  }
}

function withNote(
  message: Record<string, unknown>,
  name: string,
  make: (note: string | null) => Decision,
): Read {
  const note = textField(message, name, TEXT_LIMITS.note);
  if (note === null && readField(message, name) !== null)
    return { problem: `${name} must be text of at most ${TEXT_LIMITS.note} characters` };
  return { decision: make(note) };
}

function readApproval(message: Record<string, unknown>, by: string): Read {
  const gate = readField(message, 'gate');
  if (gate !== null && !GATES.includes(gate as Gate)) return { problem: "gate must be 'media' or 'publish'" };
  const revision = readField(message, 'revision');
  if (!isRevision(revision)) return { problem: REVISION };
  const publishAt = readField(message, 'publishAt');
  if (publishAt !== null && !isPublishAt(publishAt)) return { problem: PUBLISH_AT };
  return withNote(message, 'note', (note) => ({
    kind: 'approve',
    by,
    note,
    gate: gate as Gate | null,
    revision,
    publishAt,
  }));
}

const REVISION = 'revision must be a whole number of 1 or more';

const isRevision = (value: unknown): value is number | null =>
  value === null || (Number.isInteger(value) && Number(value) >= 1);

const PUBLISH_AT = "publishAt must be a time as ISO 8601 with its zone, 'now' or 'next'";

const isPublishAt = (value: unknown): value is string => value === 'now' || value === 'next' || isTime(value);

function readReschedule(message: Record<string, unknown>, by: string): Read {
  const publishAt = readField(message, 'publishAt');
  if (!isPublishAt(publishAt)) return { problem: PUBLISH_AT };
  const note = publishAt === 'next' ? 'to the next free slot' : `to ${publishAt}`;
  return { decision: { kind: 'reschedule', by, note, publishAt } };
}

function readRevision(message: Record<string, unknown>, by: string): Read {
  const note = textField(message, 'instructions', TEXT_LIMITS.note);
  if (!note?.trim())
    return { problem: `instructions must say what to change, in at most ${TEXT_LIMITS.note} characters` };
  const redo = readField(message, 'redo') ?? 'text';
  if (!REDO_KINDS.includes(redo as Redo)) return { problem: `redo must be one of ${REDO_KINDS.join(', ')}` };
  return { decision: { kind: 'revise', by, note, redo: redo as Redo } };
}

function readEdit(message: Record<string, unknown>, by: string): Read {
  const revision = readField(message, 'revision');
  if (!isRevision(revision)) return { problem: REVISION };
  const changes: Record<string, unknown> = {};
  for (const [name, longest] of Object.entries(EDIT_LIMITS)) {
    if (readField(message, name) === null) continue;
    const text = textField(message, name, longest);
    if (!text?.trim()) return { problem: `${name} must be text of 1 to ${longest} characters` };
    changes[name] = text.trim();
  }
  if (readField(message, 'hashtags') !== null) {
    const hashtags = wordsField(message, 'hashtags', MOST_HASHTAGS);
    if (!hashtags)
      return {
        problem: `hashtags must be at most ${MOST_HASHTAGS} words of letters, digits and _, without #`,
      };
    changes.hashtags = hashtags;
  }
  const own = readOwnText(message);
  if (own && 'problem' in own) return own;
  const hero = textField(message, 'hero', 60);
  if (hero === null && readField(message, 'hero') !== null)
    return { problem: 'hero must be the name of a picture that the desk has stored for the post' };
  if (Object.keys(changes).length === 0 && hero === null && own === null)
    return {
      problem: 'nothing to edit: name title, body, caption, hashtags or altText, or target and text',
    };
  return {
    decision: {
      kind: 'edit',
      by,
      note: null,
      ...(revision !== null && { revision }),
      changes,
      ...(own && { own }),
      ...(hero === null ? {} : { hero }),
    },
  };
}

/** A person's text for one target; null where the message has none. */
function readOwnText(message: Record<string, unknown>): OwnEdit | { problem: string } | null {
  const [target, text] = [
    textField(message, 'target', 40),
    textField(message, 'text', TEXT_LIMITS.targetText),
  ];
  if (readField(message, 'target') === null && readField(message, 'text') === null) return null;
  if (!target || text === null)
    return {
      problem: `target and text go together: the target's name, and at most ${TEXT_LIMITS.targetText} characters`,
    };
  return { target, text: text.replace(UNPRINTABLE, '').trim() };
}
