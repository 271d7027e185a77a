import { readSchema, type SchemaSource } from '../../contract/media/read-schema.js';
import { fallbackFields, type Fields, type MediaOrder } from '../../contract/media/read-fields.js';

/** How long a schema that could not be had is not asked for again, in ms: an outage must not slow every job down. */
const RETRY_MS = 60_000;

interface Kept {
  readonly fields: Promise<Fields | null>;
  /** When it was asked for, ms since 1970. */
  readonly at: number;
}

/** What models take: asked of fal once for each endpoint, and made of what we know while fal does not tell. */
export class Schemas {
  readonly #source: SchemaSource;
  readonly #retryMs: number;
  readonly #kept = new Map<string, Kept>();

  /** @param retryMs how long a failure is kept; a minute when left out */
  constructor(source: SchemaSource, retryMs = RETRY_MS) {
    this.#source = source;
    this.#retryMs = retryMs;
  }

  /** Never throws, and answers within the source's deadline. */
  async fieldsFor(order: Pick<MediaOrder, 'endpoint' | 'kind'>): Promise<Fields> {
    return (await this.#asked(order.endpoint)) ?? fallbackFields(order);
  }

  async #asked(endpoint: string): Promise<Fields | null> {
    const kept = this.#kept.get(endpoint);
    if (kept) {
      const fields = await kept.fields;
      if (fields || Date.now() - kept.at < this.#retryMs) return fields;
    }
    // Another caller may have asked while this one waited.
    const now = this.#kept.get(endpoint);
    if (now && now !== kept) return now.fields;
    const fields = readSchema(endpoint, this.#source).then((answer) =>
      answer.kind === 'fields' ? answer.fields : null,
    );
    this.#kept.set(endpoint, { fields, at: Date.now() });
    return fields;
  }
}
