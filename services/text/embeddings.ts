import { ProviderError } from '../provider-error.js';
import { readable } from '../readable.js';
import type { GoodAnswer, Connection } from './connection.js';
import type { EmbeddingAnswer, EmbeddingQuestion, Paid } from './text.js';
import { asObject, readBilled, readUsage } from './usage.js';
import { checkVectors } from './vectors.js';

/** Asks a server what texts mean, and remembers which of its models take no length. */
export class Embeddings {
  readonly #connection: Connection;
  /** Models that refused to be told how long a vector is to be. */
  readonly #ownLength = new Set<string>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** One paid call. A try whose length the server refuses was not paid. @throws ProviderError as `TextService.embed` */
  async embed(question: EmbeddingQuestion): Promise<EmbeddingAnswer> {
    const { body, headers, seconds } = await this.#answer(question);
    const { secrets } = this.#connection;
    const paid: Paid = {
      model: this.#connection.name(body['model']) ?? question.model,
      usage: embeddingUsage(body['usage']),
      billed: readBilled(body['usage']),
      requestId: this.#connection.name(headers.get('x-request-id')) ?? this.#connection.name(body['id']),
      tier: null,
      seconds,
    };
    const read = checkVectors(body, question.texts.length);
    if (read.outcome === 'ok') return { ...paid, ...read };
    return { ...paid, outcome: 'failed', detail: readable(read.detail, secrets) };
  }

  async #answer(question: EmbeddingQuestion): Promise<GoodAnswer> {
    const { model, dimensions } = question;
    if (dimensions === undefined || this.#ownLength.has(model)) return this.#send(question);
    try {
      return await this.#send(question, dimensions);
    } catch (error) {
      if (!refusesLength(error)) throw error;
      const answer = await this.#send(question);
      this.#ownLength.add(model);
      return answer;
    }
  }

  #send({ model, texts, key }: EmbeddingQuestion, dimensions?: number): Promise<GoodAnswer> {
    const request = {
      ...{ model, input: [...texts] },
      // Servers that don't know base64, which the client would ask for, answer with numbers whatever they are told.
      encoding_format: 'float' as const,
      ...(dimensions !== undefined && { dimensions }),
    };
    return this.#connection.post(
      (client, options) => client.embeddings.create(request, options).asResponse(),
      { key },
    );
  }
}

/**
 * OpenAI names the parameter, vLLM the method behind it, others only say that a field is unknown. The client leaves no words of
 * a refusal without `error`.
 */
const NAMES_LENGTH =
  /dimension|matryoshka|(?:unknown|unexpected|extra|unrecognized|unsupported)\b.{0,30}\b(?:field|input|param|argument|propert)|: HTTP \d+$/i;

const refusesLength = (error: unknown): boolean =>
  error instanceof ProviderError &&
  error.kind === 'answered' &&
  [400, 422].includes(error.status ?? 0) &&
  NAMES_LENGTH.test(error.message);

/** Nothing is written, so only the tokens that were read count; a few servers name only their total. */
function embeddingUsage(given: unknown): Paid['usage'] {
  const usage = asObject(given);
  const input = usage?.['prompt_tokens'] ?? usage?.['input_tokens'] ?? usage?.['total_tokens'];
  return readUsage({ prompt_tokens: input, completion_tokens: 0 });
}
