import { ProviderError } from '../provider-error.js';
import { bodyWords } from '../readable.js';
import type { Secrets } from '../secrets.js';
import { shortName } from './reply.js';
import { asObject, type Loose } from './usage.js';

/** Far over what any answer takes, in bytes; a document that is longer is not held in memory. */
const LONGEST_BODY = 16 * 1_024 * 1_024;

/**
 * The JSON object of an answer with a good status.
 *
 * @throws ProviderError `lost` when it is none, such as a proxy's page: nothing in it tells what the call cost
 */
export async function readBody(answer: Response, provider: string, secrets: Secrets): Promise<Loose> {
  const requestId = shortName(answer.headers.get('x-request-id'), secrets);
  const lost = (words: string, cause?: unknown): ProviderError =>
    new ProviderError(`${provider}: ${words}`, {
      provider,
      kind: 'lost',
      status: answer.status,
      requestId,
      secrets,
      cause,
    });
  const bytes = await readBytes(answer).catch((error: unknown) => {
    throw lost(`the answer broke off: ${error instanceof Error ? error.message : String(error)}`, error);
  });
  if (!bytes) throw lost(`the answer is over ${LONGEST_BODY / 1_024 / 1_024} MB`);
  const text = new TextDecoder().decode(bytes);
  const body = asObject(parsed(text));
  if (body) return body;
  const told = bodyWords(text, secrets);
  throw lost(`the answer could not be read: ${told === '' ? 'it is empty' : told}`);
}

/** Null when there is more than we hold. */
async function readBytes(answer: Response): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += piece.length;
    if (length > LONGEST_BODY) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
