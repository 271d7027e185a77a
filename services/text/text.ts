import type { z } from 'zod';
import type { TextUsage } from '../../contract/prices/text-price.js';

/** One question to a text model that must answer with a JSON object of a schema. */
export interface TextQuestion<T> {
  readonly model: string;
  /** Names the schema on the wire. */
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly instructions: string;
  readonly input: string;
  readonly maxOutputTokens: number;
  /** Our own id for the call; sent as `X-Client-Request-Id`. */
  readonly key: string;
  readonly signal?: AbortSignal;
}

interface Paid {
  /** The model that answered, which may be a dated name of the one asked for. */
  readonly model: string;
  readonly usage: TextUsage | null;
  readonly requestId: string | null;
  /** The service tier that was used, which decides the price. */
  readonly tier: string | null;
  /** Wall time of the call. */
  readonly seconds: number;
}

/** What came of a paid call. Whatever the outcome, the usage is kept: it was billed. */
export type TextAnswer<T> = Paid &
  (
    | { readonly outcome: 'ok'; readonly value: T }
    | { readonly outcome: 'refused' | 'truncated' | 'malformed' | 'failed'; readonly detail: string }
  );

/** A provider of text. Calls that were not answered throw the client's own errors: see `activities/failures.ts`. */
export interface TextService {
  readonly provider: string;
  /** A stand-in: what it makes is a sample and never real money. */
  readonly offline: boolean;
  ask<T>(question: TextQuestion<T>): Promise<TextAnswer<T>>;
}
