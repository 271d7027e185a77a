import { readErrorText } from './reply.js';
import { asObject, type Loose } from './usage.js';

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
