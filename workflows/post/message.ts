import type { Gate } from '../../contract/states.js';

/** A decision as it reached a post, checked. */
export type Decision =
  | {
      readonly kind: 'approve';
      readonly by: string;
      readonly gate: Gate | null;
      readonly revision: number | null;
      readonly note: string | null;
      readonly publishAt: string | null;
    }
  | { readonly kind: 'reject'; readonly by: string; readonly note: string }
  | { readonly kind: 'cancel'; readonly by: string; readonly note: string | null }
  | { readonly kind: 'resume'; readonly by: string; readonly note: string | null };

const LONGEST_NAME = 200;
const LONGEST_TEXT = 4_000;
/** ISO 8601 with a zone, as `Date` reads it. */
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** What a message holds beside what we know is ignored; what is of the wrong kind makes it a problem, named in one clause. */
export function readDecision(
  kind: Decision['kind'],
  raw: unknown,
): { decision: Decision } | { problem: string } {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw))
    return { problem: 'the message is not an object' };
  const message = raw as Record<string, unknown>;
  const by = text(message, 'by', LONGEST_NAME);
  if (by === null || by.trim() === '')
    return { problem: `by must be text of 1 to ${LONGEST_NAME} characters` };
  const noteField = kind === 'reject' || kind === 'cancel' ? 'reason' : 'note';
  const note = given(message, noteField) ? text(message, noteField, LONGEST_TEXT) : null;
  if (note === null && given(message, noteField))
    return { problem: `${noteField} must be text of at most ${LONGEST_TEXT} characters` };
  if (kind === 'reject') {
    return note?.trim()
      ? { decision: { kind, by, note } }
      : { problem: 'reason must say why, in at most 4000 characters' };
  }
  if (kind !== 'approve') return { decision: { kind, by, note } };
  const { gate, revision, publishAt } = message;
  if (given(message, 'gate') && gate !== 'media' && gate !== 'publish')
    return { problem: "gate must be 'media' or 'publish'" };
  if (given(message, 'revision') && !(Number.isInteger(revision) && Number(revision) >= 1)) {
    return { problem: 'revision must be a whole number of 1 or more' };
  }
  if (given(message, 'publishAt') && !isTime(publishAt))
    return { problem: 'publishAt must be a time as ISO 8601 with its zone' };
  return {
    decision: {
      kind,
      by,
      note,
      gate: (gate as Gate | undefined) ?? null,
      revision: (revision as number | undefined) ?? null,
      publishAt: (publishAt as string | undefined) ?? null,
    },
  };
}

const given = (message: Record<string, unknown>, field: string): boolean =>
  message[field] !== undefined && message[field] !== null;

function text(message: Record<string, unknown>, field: string, longest: number): string | null {
  const value = message[field];
  return typeof value === 'string' && value.length <= longest ? value : null;
}

const isTime = (value: unknown): boolean =>
  typeof value === 'string' && TIME.test(value) && !Number.isNaN(Date.parse(value));
