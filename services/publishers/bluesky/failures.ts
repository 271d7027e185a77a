import { nothingWasSent, retryAfterMs } from '../../provider-error.js';
import { FetchRefused } from '../../public-fetch.js';
import { readable } from '../../readable.js';
import { createSecrets } from '../../secrets.js';
import { TargetFailure, type TargetOutcome } from '../publisher.js';

/** `write` is the one call that makes a post or deletes it; what came before it can be repeated. */
export type Phase = 'sign in' | 'read' | 'write';

export interface BlueskyCall {
  readonly phase: Phase;
  /** Whose words they are, and what is named where signing in is refused. */
  readonly variable: string;
  /** What no words may hold. */
  readonly secrets: readonly string[];
  readonly now: Date;
}

/** An error of the AT protocol's client, as far as it tells what became of a call. */
interface Answered {
  /** 1 and 2 are the client's own: no answer came, or one that makes no sense. */
  readonly status: number;
  /** The protocol's name of it: `ExpiredToken`, `RateLimitExceeded`, … */
  readonly error: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
}

const NO_ANSWER = 1;
const NONSENSE = 2;

/** Whether a session is over, and signing in again may help. */
export function isSignedOut(error: unknown): boolean {
  const answered = asAnswered(error);
  return answered !== null && (answered.status === 401 || SIGNED_OUT.includes(answered.error));
}

/** Some servers answer these with 400. */
const SIGNED_OUT = ['ExpiredToken', 'InvalidToken', 'AuthMissing'];

/** What a failed call means for the post. */
export function readBlueskyFailure(error: unknown, asked: BlueskyCall): TargetFailure {
  if (error instanceof TargetFailure) return error;
  const { phase, variable, now } = asked;
  const refused = refusalIn(error);
  if (refused) return new TargetFailure('refused', 'Target.Address', refused.message);
  const answered = asAnswered(error);
  const words = readable(wordsOf(error), createSecrets(asked.secrets)) || 'no words';
  const [outcome, type] = meaningOf(answered, error, phase);
  const message = type === 'Target.SignIn' ? `${variable}: ${words}` : words;
  return new TargetFailure(outcome, type, message, secondsIn(answered, now));
}

function meaningOf(answered: Answered | null, error: unknown, phase: Phase): [TargetOutcome, string] {
  /** Of a call that may have been taken. */
  const unsure: TargetOutcome = phase === 'write' ? 'unknown' : 'later';
  const status = answered?.status ?? NO_ANSWER;
  if (nothingWasSent(error)) return ['later', 'Target.Away'];
  if (status === NO_ANSWER || status === NONSENSE) return [unsure, 'Target.NoAnswer'];
  if (status === 429) return ['later', 'Target.RateLimit'];
  if (status >= 500) return [unsure, 'Target.Server'];
  if (phase === 'sign in' || status === 401 || status === 403) return ['refused', 'Target.SignIn'];
  return ['refused', status === 413 ? 'Target.TooLarge' : 'Target.Refused'];
}

/** `ratelimit-reset` is a time in seconds since 1970. Every answer has it, and it counts where the limit is what refused. */
function secondsIn(answered: Answered | null, now: Date): number | null {
  const { status, headers } = answered ?? {};
  const reset = status === 429 ? Number(headers?.['ratelimit-reset'] ?? NaN) : NaN;
  const wait = headers?.['retry-after'] !== undefined ? retryAfterMs(headers['retry-after']) : null;
  if (wait !== null) return Math.ceil(wait / 1_000);
  return Number.isFinite(reset) ? Math.max(1, Math.ceil(reset - now.getTime() / 1_000)) : null;
}

function asAnswered(error: unknown): Answered | null {
  if (!(error instanceof Error) || !('status' in error)) return null;
  return typeof error.status === 'number' && 'error' in error ? (error as unknown as Answered) : null;
}

/** The client puts the name of a lost call where its words were. */
function wordsOf(error: unknown): string {
  const words: string[] = [];
  for (let at = error; at instanceof Error; at = at.cause) {
    const { message } = at;
    if (message !== '' && !words.includes(message)) words.push(message);
  }
  return words.length > 0 ? words.join(': ') : String(error);
}

function refusalIn(error: unknown): FetchRefused | null {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof FetchRefused && at.ofAddress) return at;
  return null;
}
