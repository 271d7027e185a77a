import type { PostReport } from '../../contract/messages.js';
import { POST_STATES, STEP_LABEL, type PostState, type Step } from '../../contract/states.js';
import type { StatusError } from '../../contract/status.js';
import { readField } from '../post/message-fields.js';

type Message = Readonly<Record<string, unknown>>;

/** Text is cut, not refused, since a report that is dropped is missed; a batch carries what it knows from run to run. */
const LONGEST = { title: 300, type: 100, message: 1_000, requestId: 200 };

/** A report as it reached a batch, with what a post says of itself and nothing else; null for what is none. */
export function readReport(raw: unknown): PostReport | null {
  if (!isMessage(raw)) return null;
  const { id } = raw;
  const title = textOf(raw.title, LONGEST.title);
  const gate = readField(raw, 'gate');
  const step = readField(raw, 'step');
  const error = readField(raw, 'error') === null ? null : readError(raw.error);
  const { status, sequence, revision, cost, unknown } = raw;
  if (typeof id !== 'string' || title === null || error === undefined) return null;
  if (!POST_STATES.includes(status as PostState)) return null;
  if (gate !== null && gate !== 'media' && gate !== 'publish') return null;
  if (step !== null && !(typeof step === 'string' && Object.hasOwn(STEP_LABEL, step))) return null;
  if (!isCount(revision) || revision < 1 || !isCount(cost) || !isCount(unknown)) return null;
  return {
    id,
    ...(isCount(sequence) && { sequence }),
    title,
    status: status as PostState,
    gate,
    revision,
    cost,
    unknown,
    step: step as Step | null,
    error,
  };
}

/** @returns undefined for what is no error */
function readError(raw: unknown): StatusError | undefined {
  if (!isMessage(raw)) return undefined;
  const type = textOf(raw.type, LONGEST.type);
  const message = textOf(raw.message, LONGEST.message);
  if (type === null || message === null) return undefined;
  return { type, message, requestId: textOf(raw.requestId, LONGEST.requestId) };
}

const textOf = (value: unknown, longest: number): string | null =>
  typeof value === 'string' ? value.slice(0, longest) : null;
const isMessage = (raw: unknown): raw is Message => typeof raw === 'object' && raw !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
