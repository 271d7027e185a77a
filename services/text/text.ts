import type { z } from 'zod';
import type { Nano } from '../../contract/money/nano.js';
import type { TextUsage } from '../../contract/money/prices/text-price.js';
import type { TextRate } from '../../contract/money/prices/text-rate.js';

/** One question to a text model that must answer with a JSON object of a schema. */
export interface TextQuestion<T> {
  readonly model: string;
  /** Names the schema on the wire. */
  readonly name: string;
  /** Its bounds, also those in `.meta()`, go to the server where it takes them. The answer is held against it here too. */
  readonly schema: z.ZodType<T>;
  readonly instructions: string;
  readonly input: string;
  /** What the answer itself may take; a model that thinks first gets more: see `mostOutputTokens`. */
  readonly maxOutputTokens: number;
  /** Our own id for the call; sent as `X-Client-Request-Id`. */
  readonly key: string;
  readonly signal?: AbortSignal;
}

/** What the answer to a paid call tells, however it turned out. */
export interface Paid {
  /** The model that answered, which may be a dated name of the one asked for. */
  readonly model: string;
  /** Null unless the server told it and all of its numbers can be true. */
  readonly usage: TextUsage | null;
  /** What the server itself says that the call cost; null where it doesn't. */
  readonly billed: Nano | null;
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
    | {
        readonly outcome: 'refused' | 'truncated' | 'malformed' | 'failed';
        /** One line, bounded. */
        readonly detail: string;
      }
  );

/** Texts whose meaning is asked for. */
export interface EmbeddingQuestion {
  readonly model: string;
  readonly texts: readonly string[];
  /** How long each vector is; the length of the model's own when left out. */
  readonly dimensions?: number;
  /** Our own id for the call. */
  readonly key: string;
}

/** What came of a paid call for embeddings. Whatever the outcome, the usage is kept: it was billed. */
export type EmbeddingAnswer = Paid &
  (
    | {
        readonly outcome: 'ok';
        /** One a text, in their order. */ readonly vectors: readonly (readonly number[])[];
      }
    | { readonly outcome: 'failed'; /** One line, bounded. */ readonly detail: string }
  );

/** What the provider's moderation says of a text. */
export interface Moderation {
  readonly flagged: boolean;
  /** What it is flagged for: `harassment/threatening`. */
  readonly categories: readonly string[];
}

/** A provider of text. */
export interface TextService {
  /** `openai`, or the host's name. */
  readonly provider: string;
  /** A stand-in: what it makes is a sample and never real money. */
  readonly offline: boolean;
  /** What the server's tokens cost; null to go by the model's name in the price table. */
  readonly rate: TextRate | null;
  /**
   * Asks once. Once an answer came it never throws: whatever it holds is an outcome.
   *
   * @throws ProviderError when no answer came, or one that is an error: see `activities/provider-failures.ts`
   */
  ask<T>(question: TextQuestion<T>): Promise<TextAnswer<T>>;
  /** Asks once for what texts mean. @throws ProviderError as `ask` */
  embed(question: EmbeddingQuestion): Promise<EmbeddingAnswer>;
  /** One a text; null where the provider has no moderation, or does not answer. It costs nothing. */
  moderate(texts: readonly string[]): Promise<readonly Moderation[] | null>;
}
