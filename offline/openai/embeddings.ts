import { createHash } from 'node:crypto';
import { RefusedBody } from './question.js';
import { stemsOf } from './stems.js';
import { tokensOf } from './prices.js';

/** What was asked to be embedded. */
interface EmbeddingRequest {
  readonly model: string;
  readonly texts: readonly string[];
  /** Null for the model's own length. */
  readonly dimensions: number | null;
  /** 32-bit floats as base64 in place of numbers. */
  readonly isBase64: boolean;
}

/** How many numbers the vectors of each model have. */
const LENGTHS: Readonly<Record<string, number>> = {
  'text-embedding-3-small': 1_536,
  'text-embedding-3-large': 3_072,
};
/** Texts of a request, and tokens of a text, at OpenAI. */
const MOST_TEXTS = 2_048;
const MOST_TOKENS = 8_192;

/** Reads the body of `POST /embeddings`. @throws BadRequest */
export function readEmbeddings(body: Record<string, unknown>): EmbeddingRequest {
  const { model, input, dimensions = null, encoding_format: format = 'float' } = body;
  if (typeof model !== 'string') throw new RefusedBody('model', "Missing required parameter: 'model'.");
  const texts: unknown[] = Array.isArray(input) ? input : [input];
  if (texts.length === 0 || texts.length > MOST_TEXTS || !texts.every(isText))
    throw new RefusedBody('input', `'input' must be one to ${MOST_TEXTS} texts, none of them empty.`);
  if (texts.some((text) => tokensOf(text) > MOST_TOKENS))
    throw new RefusedBody('input', `This model's maximum context length is ${MOST_TOKENS} tokens.`);
  if (dimensions !== null && !isLength(dimensions))
    throw new RefusedBody('dimensions', "'dimensions' must be a whole number from 1 to 3072.");
  if (format !== 'float' && format !== 'base64')
    throw new RefusedBody('encoding_format', "'encoding_format' must be 'float' or 'base64'.");
  return { model, texts, dimensions, isBase64: format === 'base64' };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isLength = (value: unknown): value is number =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 3_072;

/** The document of `POST /embeddings`. @param tokens that were read */
export function embeddingsBody(request: EmbeddingRequest, tokens: number): { data: object[] } {
  const { model, texts, isBase64 } = request;
  const dimensions = request.dimensions ?? LENGTHS[model] ?? 1_536;
  const data = texts.map((text, index) => {
    const vector = makeVector(text, dimensions);
    const bytes = (): string => Buffer.from(new Float32Array(vector).buffer).toString('base64');
    return { object: 'embedding', index, embedding: isBase64 ? bytes() : vector };
  });
  return {
    ...{ object: 'list', data, model },
    ...{ usage: { prompt_tokens: tokens, total_tokens: tokens } },
  };
}

/** So that no text is without a direction, and so little that it makes no two texts near. */
const SELF = 0.05;

/**
 * A made-up vector of a text, of length 1: each of its words adds to a few places that its hash chooses. Texts with words in
 * common are near each other, and nothing else is understood.
 */
function makeVector(text: string, dimensions: number): number[] {
  const counts = new Map<string, number>();
  for (const stem of stemsOf(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const vector = new Float64Array(dimensions);
  for (const [stem, count] of counts) {
    const digest = createHash('sha256').update(stem).digest();
    for (let at = 0; at < 4; at += 1) {
      const place = digest.readUInt32LE(at * 4) % dimensions;
      vector[place] = (vector[place] ?? 0) + (digest.readInt8(16 + at) < 0 ? -1 : 1) * (1 + Math.log(count));
    }
  }
  const own = createHash('sha256').update(text).digest().readUInt32LE(0) % dimensions;
  vector[own] = (vector[own] ?? 0) + SELF;
  const length = Math.hypot(...vector);
  // As the API does: of a 32-bit float, seven digits say everything.
  return Array.from(vector, (number) => Number((number / length).toPrecision(7)));
}
