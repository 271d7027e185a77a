import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';

/** Where a fault strikes: `openai` is every paid call of it, `moderation` its free one, the rest are calls of fal. */
export type FaultPoint =
  | 'openai'
  | 'moderation'
  | 'submit'
  | 'status'
  | 'result'
  | 'cancel'
  | 'upload'
  | 'pricing'
  | 'schema'
  | 'billing'
  | 'history'
  | 'download';

/**
 * - `status`: an error answer; nothing was accepted, unless `accepted` says so;
 * - `drop-before`: the socket is destroyed before anything was accepted;
 * - `drop-after`: accepted and billed, then the socket is destroyed;
 * - `refusal`, `truncated`, `malformed`: paid answers of a model that can't be used;
 * - `off-mix`: a plan one item short; `off-style`: a draft that breaks the house style, or an answer that cites what it was not
 *   offered;
 * - `completed-error`: the job completes, and its result is a 422; with `status`, its status says so too, and its result is
 *   that, as of a runner that broke;
 * - `flagged`: the result is a blank picture that the safety filter flagged, billed like any other;
 * - `html`: a download answers a web page with status 200; `cut`: only the first half of the file.
 */
export type FaultKind =
  | 'status'
  | 'drop-before'
  | 'drop-after'
  | 'refusal'
  | 'truncated'
  | 'malformed'
  | 'off-mix'
  | 'off-style'
  | 'completed-error'
  | 'flagged'
  | 'html'
  | 'cut';

export interface Fault {
  readonly on: FaultPoint;
  readonly kind: FaultKind;
  /** How many calls it strikes; 1 when left out. */
  readonly times?: number;
  /**
   * A regular expression; only calls whose subject it finds are struck. The subject is the schema's name, the model and
   * the prompt of a text call; `embedding`, the model and the texts of an embedding; the texts of a moderation; the endpoint, request id and input of a media call; the name of an upload; the name of a
   * download, followed by what made it.
   */
  readonly match?: string;
  /** HTTP status of a `status` fault, 500 when left out; of the result of a `completed-error`, 422 when left out. */
  readonly status?: number;
  /** Seconds, sent as `Retry-After`. */
  readonly retryAfter?: number;
  /** The provider's code, such as `insufficient_quota` or `content_policy_violation`. */
  readonly code?: string;
  /** Replaces the provider's usual error document. */
  readonly body?: unknown;
  /**
   * With `status` on `submit` or `openai`: the call was accepted and billed all the same. With `completed-error` on
   * `status` or `result`: the job that failed is billed.
   */
  readonly accepted?: boolean;
}

const EVERYWHERE: readonly FaultKind[] = ['status', 'drop-before', 'drop-after'];
const KINDS: Readonly<Record<FaultPoint, readonly FaultKind[]>> = {
  openai: [...EVERYWHERE, 'refusal', 'truncated', 'malformed', 'off-mix', 'off-style'],
  moderation: EVERYWHERE,
  submit: [...EVERYWHERE, 'completed-error'],
  status: [...EVERYWHERE, 'completed-error'],
  result: [...EVERYWHERE, 'completed-error', 'flagged'],
  cancel: EVERYWHERE,
  upload: EVERYWHERE,
  pricing: EVERYWHERE,
  schema: EVERYWHERE,
  billing: EVERYWHERE,
  history: EVERYWHERE,
  download: [...EVERYWHERE, 'html', 'cut'],
};

interface Armed {
  readonly fault: Fault;
  readonly pattern: RegExp | null;
  left: number;
}

/** The faults that wait to strike, oldest first. They live with the process: a restart forgets them. */
export class FaultBook {
  #armed: Armed[] = [];

  /** @throws Error for a point, kind, count or pattern that can't be. */
  add(fault: Fault): void {
    const kinds = KINDS[fault.on] as readonly FaultKind[] | undefined;
    if (!kinds) throw new Error(`fault on '${fault.on}' is not one of ${Object.keys(KINDS).join(', ')}`);
    if (!kinds.includes(fault.kind)) {
      throw new Error(`fault kind '${fault.kind}' on ${fault.on} is not one of ${kinds.join(', ')}`);
    }
    const left = fault.times ?? 1;
    if (!Number.isInteger(left) || left < 1)
      throw new Error(`fault times '${left}' is not a whole number from 1`);
    this.#armed.push({
      fault,
      left,
      pattern: fault.match === undefined ? null : new RegExp(fault.match, 'i'),
    });
  }

  /** The next fault for this call, used up by one, or null. `applies` passes over those that make no sense here. */
  take(on: FaultPoint, subject: string, applies: (fault: Fault) => boolean = () => true): Fault | null {
    const struck = this.#armed.find(
      ({ fault, pattern }) => fault.on === on && (pattern?.test(subject) ?? true) && applies(fault),
    );
    if (!struck) return null;
    struck.left -= 1;
    this.#armed = this.#armed.filter(({ left }) => left > 0);
    return struck.fault;
  }

  /** Those that still wait to strike. */
  armed(): Fault[] {
    return this.#armed.map(({ fault }) => fault);
  }

  clear(): void {
    this.#armed = [];
  }
}

/** `requestId` is OpenAI's `x-request-id` of the call. */
export type Env = { Bindings: HttpBindings; Variables: { requestId: string } };

/** Ends the call as a broken network does: the socket is destroyed and nothing is answered. */
export function drop(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
