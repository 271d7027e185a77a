import { nothingWasSent, retryAfterMs } from '../../provider-error.js';
import { FetchRefused } from '../../public-fetch.js';
import { bodyWords, readable } from '../../readable.js';
import { createSecrets } from '../../secrets.js';
import { whyNoAnswer } from '../../signed-post.js';
import { TargetFailure, type TargetOutcome } from '../publisher.js';
import { BadAnswer } from './client.js';

/** What was asked, as far as it bears on what a failure means. */
export interface MastodonCall {
  /** `write`: the status may stand there. Whatever comes before leaves nothing that a reader sees. */
  readonly phase: 'before' | 'write';
  readonly host: string;
  /** Of the token, which a person has to mend. */
  readonly variable: string;
  readonly token: string;
  readonly now: Date;
}

/** The first that holds, so the order matters. */
const MEANINGS: readonly (readonly [(status: number) => boolean, TargetOutcome, string])[] = [
  [(status) => status === 429, 'later', 'Target.RateLimit'],
  [(status) => status === 408, 'later', 'Target.NoAnswer'],
  [(status) => status === 401 || status === 403, 'refused', 'Target.SignIn'],
  [(status) => status < 400 || status === 404 || status === 410, 'refused', 'Target.Address'],
  [(status) => status === 413, 'refused', 'Target.TooLarge'],
  [(status) => status < 500, 'refused', 'Target.Refused'],
];

/** What a call's failure means for the attempt that it was part of; what is one already stays as it is. */
export function readMastodonFailure(error: unknown, asked: MastodonCall): TargetFailure {
  if (error instanceof TargetFailure) return error;
  const { phase, host } = asked;
  if (error instanceof BadAnswer) return answered(error, asked);
  const message = readable(`${host}: ${whyNoAnswer(error)}`, createSecrets([asked.token]));
  if (error instanceof FetchRefused && error.ofAddress)
    return new TargetFailure('refused', 'Target.Address', message);
  if (nothingWasSent(error)) return new TargetFailure('later', 'Target.Away', message);
  return new TargetFailure(phase === 'write' ? 'unknown' : 'later', 'Target.NoAnswer', message);
}

function answered(answer: BadAnswer, { phase, host, variable, token, now }: MastodonCall): TargetFailure {
  const secrets = createSecrets([token]);
  const words = wordsOf(answer);
  const told = words === null ? bodyWords(answer.body, secrets) : words;
  const said = told === '' ? '' : `: ${told}`;
  const { status } = answer;
  // A page of a proxy with status 200, say: it may have been written.
  const isUndecided = status >= 500 || status <= 299;
  const [, outcome, type] = MEANINGS.find(([holds]) => !isUndecided && holds(status)) ?? [
    null,
    phase === 'write' ? 'unknown' : 'later',
    status >= 500 ? 'Target.Server' : 'Target.NoAnswer',
  ];
  const who = type === 'Target.SignIn' ? `${variable} at ${host}` : host;
  const message = readable(`${who} answered ${status}${said}`, secrets);
  const isTooLong = status === 422 && /character limit/i.test(words ?? '');
  return new TargetFailure(
    outcome,
    isTooLong ? 'Target.TooLong' : type,
    message,
    waitOf(answer.headers, now),
  );
}

/** Whether a status was refused because a file of it is not processed yet (mastodon/mastodon, `media_attachments.validations.not_ready`). */
export const isUnfinished = (error: unknown): boolean =>
  error instanceof BadAnswer && error.status === 422 && /finished processing/i.test(wordsOf(error) ?? '');

export const isMissing = (error: unknown): boolean =>
  error instanceof BadAnswer && (error.status === 404 || error.status === 410);

/** Mastodon's error document; null for any other. */
function wordsOf({ body }: BadAnswer): string | null {
  try {
    const { error, error_description: more } = JSON.parse(body) as Record<string, unknown>;
    if (typeof error !== 'string') return null;
    return typeof more === 'string' ? `${error}: ${more}` : error;
  } catch {
    return null;
  }
}

/** Seconds to wait, which Mastodon says as the time at which the limit is lifted; null where it says nothing. */
function waitOf(headers: Headers, now: Date): number | null {
  const lifted = Date.parse(headers.get('x-ratelimit-reset') ?? '');
  const remaining = headers.get('x-ratelimit-remaining');
  // An answer that is no refusal by the limit has the header too.
  const ms =
    lifted > now.getTime() && (remaining === null || Number(remaining) <= 0)
      ? lifted - now.getTime()
      : retryAfterMs(headers.get('retry-after'), now.getTime());
  return ms === null ? null : Math.max(1, Math.ceil(ms / 1_000));
}
