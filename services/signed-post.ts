import { Webhook as Signer } from 'standardwebhooks';
import type { PublicAnswer, PublicFetch } from './public-fetch.js';

const WITHIN_MS = 20_000;
/** More of an answer is nobody's word on what came of it. */
const MOST_BYTES = 65_536;

export interface SignedMessage {
  /** The same on every try, by which the receiver knows it again. */
  readonly id: string;
  readonly url: string;
  /** The environment variable of this worker that holds the secret. */
  readonly secretVariable: string;
  /** JSON. */
  readonly body: string;
}

export interface SignedPostParts {
  readonly publicFetch: PublicFetch;
  readonly now: () => Date;
  /** Where the secrets are looked up; they never enter a workflow. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A secret that is missing or can't sign, so that nothing was sent. */
export class UnusableSecret extends Error {
  override name = 'UnusableSecret' as const;
}

/**
 * POSTs a message as Standard Webhooks 1.0 has it, to public addresses only, and reads the answer.
 *
 * @throws UnusableSecret. FetchRefused and what else a PublicFetch throws
 */
export async function postSigned<T>(
  message: SignedMessage,
  { publicFetch, now, env }: SignedPostParts,
  read: (answer: PublicAnswer) => Promise<T>,
): Promise<T> {
  const { id, url, body } = message;
  const at = now();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': requireSecret(message.secretVariable, env).sign(id, at, body),
  };
  return publicFetch(url, { method: 'POST', headers, body, most: MOST_BYTES, within: WITHIN_MS }, read);
}

/** @throws UnusableSecret where the variable holds nothing that signs */
export function requireSecret(variable: string, env: SignedPostParts['env']): Signer {
  const secret = env[variable];
  if (!secret) throw new UnusableSecret(`${variable} is not set for this worker`);
  try {
    return new Signer(secret);
  } catch {
    throw new UnusableSecret(`${variable} is no secret of Standard Webhooks, which is whsec_ and base64`);
  }
}

/** Why a request got no answer, in one clause. fetch says only "fetch failed"; the reason is its cause. */
export function whyNoAnswer(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

/** The path and the query of an address may be a secret. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'no address');
