import { RefusedBody } from './question.js';
import { tokensOf } from './tokens.js';
import { makeVector } from './vector.js';

/** What was asked to be embedded. */
export interface EmbeddingRequest {
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
