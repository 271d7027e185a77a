import { ProviderError } from '../provider-error.js';
import { readable } from '../readable.js';
import type { GoodAnswer, Connection } from './connection.js';
import { readErrorText } from './reply.js';
import type { EmbeddingAnswer, EmbeddingQuestion, Paid } from './text.js';
import { asObject, readBilled, readUsage, type Loose } from './usage.js';

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
      model,
      input: [...texts],
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

type Vectors =
  | { readonly outcome: 'ok'; readonly vectors: readonly (readonly number[])[] }
  | { readonly outcome: 'failed'; readonly detail: string };

/** No model has as many numbers in a vector. */
const LONGEST_VECTOR = 65_536;

/**
 * The vectors of an answer, one a text and in the order of the texts, or why they can't be used: too few, not numbers, of
 * different lengths, without a direction, or of an order that nobody can tell.
 *
 * @param count how many texts were sent
 */
export function checkVectors(body: Loose, count: number): Vectors {
  const data = body['data'];
  if (!Array.isArray(data)) return failed(readErrorText(body['error']) ?? 'the answer holds no vectors');
  if (data.length !== count) return failed(`${data.length} vectors for ${count} texts`);
  const entries = inOrder(data.map((entry: unknown) => asObject(entry) ?? {}));
  if (!entries) return failed('the answer does not tell which vector is of which text');
  const vectors = entries.map((entry) => vectorOf(entry['embedding']));
  if (!vectors.every((vector) => vector !== null)) return failed('a vector is not a list of numbers');
  if (vectors.some((vector) => vector.length !== vectors[0]?.length))
    return failed('the vectors have different lengths');
  if (vectors.some((vector) => vector.every((number) => number === 0)))
    return failed('a vector holds nothing but zeros');
  return { outcome: 'ok', vectors };
}

const failed = (detail: string): Vectors => ({ outcome: 'failed', detail });

/** By `index`, as they come where no entry has one; null where some lack it, or two have the same. */
function inOrder(entries: readonly Loose[]): Loose[] | null {
  const indexes = entries.map((entry) => entry['index']);
  if (entries.length === 1 || indexes.every((index) => index === undefined || index === null))
    return [...entries];
  const places = entries.map((_, at) => indexes.indexOf(at));
  return places.includes(-1) ? null : places.map((place) => entries[place] as Loose);
}

/** A list of numbers, or 32-bit floats as base64, which some servers send whatever they are asked for. */
function vectorOf(embedding: unknown): number[] | null {
  const numbers: unknown = typeof embedding === 'string' ? floatsIn(embedding) : embedding;
  if (!Array.isArray(numbers) || numbers.length === 0 || numbers.length > LONGEST_VECTOR) return null;
  return numbers.every((number): number is number => Number.isFinite(number)) ? numbers : null;
}

function floatsIn(base64: string): number[] | null {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length % 4 !== 0 || bytes.length / 4 > LONGEST_VECTOR) return null;
  return Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
}
