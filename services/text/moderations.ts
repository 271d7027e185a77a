import type { GoodAnswer, Connection } from './connection.js';
import type { Moderation } from './text.js';
import { asObject, type Loose } from './usage.js';

/** The model whose use is free (developers.openai.com/api/docs/guides/moderation). */
const MODEL = 'omni-moderation-latest';
/** How long it is waited for. A reader waits behind it, and it says something else than no only seldom. */
export const MODERATION_TIMEOUT_MS = 5_000;

/**
 * Asks whether texts may be shown. It is free and must never stop an answer: what goes wrong is noted, once until it answers
 * again, and counts as no moderation.
 */
export class Moderations {
  readonly #connection: Connection;
  readonly #note: (line: string) => void;
  #isAway = false;

  constructor(connection: Connection, note: (line: string) => void) {
    this.#connection = connection;
    this.#note = note;
  }

  /** One a text; null where it does not answer in time, or not with one a text. It never throws. */
  async moderate(texts: readonly string[]): Promise<readonly Moderation[] | null> {
    if (texts.length === 0) return [];
    const inTime = AbortSignal.timeout(MODERATION_TIMEOUT_MS);
    try {
      const { body } = await this.#ask(texts, inTime);
      const moderations = this.#read(body, texts.length);
      if (!moderations) throw new Error('it does not say of each text whether it is flagged');
      this.#isAway = false;
      return moderations;
    } catch (error) {
      const late = `no answer within ${MODERATION_TIMEOUT_MS / 1_000} s`;
      this.#noteAway(inTime.aborted ? late : error instanceof Error ? error.message : String(error));
      return null;
    }
  }

  #noteAway(why: string): void {
    const { provider } = this.#connection;
    if (!this.#isAway) this.#note(`moderation by ${provider} is away, so nothing is moderated: ${why}`);
    this.#isAway = true;
  }

  #ask(texts: readonly string[], signal: AbortSignal): Promise<GoodAnswer> {
    const request = { model: MODEL, input: [...texts] };
    return this.#connection.post(
      (client, options) => client.moderations.create(request, options).asResponse(),
      { signal },
    );
  }

  #read(body: Loose, count: number): Moderation[] | null {
    const results: unknown = body['results'];
    if (!Array.isArray(results) || results.length !== count) return null;
    const read = results.map((result) => this.#readOne(asObject(result)));
    return read.every((one) => one !== null) ? read : null;
  }

  #readOne(result: Loose | null): Moderation | null {
    const flagged = result?.['flagged'];
    if (typeof flagged !== 'boolean') return null;
    const categories = Object.entries(asObject(result?.['categories']) ?? {})
      .filter(([, is]) => is === true)
      .flatMap(([name]) => this.#connection.name(name) ?? []);
    return { flagged, categories };
  }
}
