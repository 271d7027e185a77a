import type { OutputMode } from '../../contract/providers.js';
import type { ProviderError } from '../provider-error.js';
import type { Bounds } from './json-schema.js';

/** How a server wants to be asked. */
export interface Manner {
  readonly output: OutputMode;
  readonly bounds: Bounds;
  /** The name of the output limit over chat completions; the Responses API has one for all. */
  readonly limit: 'max_tokens' | 'max_completion_tokens';
}

/** What is known of the server before it is asked. */
export interface Server {
  /** OpenAI, or its stand-in. */
  readonly isOpenAi: boolean;
  /** Set by a person; null to find the best that is taken. */
  readonly output: OutputMode | null;
}

/** The first try: what OpenAI takes, or what most compatible servers do. */
export const firstManner = ({ isOpenAi, output }: Server): Manner => ({
  output: output ?? 'json_schema',
  bounds: isOpenAi ? 'counts' : 'all',
  limit: isOpenAi ? 'max_completion_tokens' : 'max_tokens',
});

/** Refusals that no other way of asking mends, by their code or, at servers that tell none, by their words. */
const OTHER_CODE =
  /context_length|content|moderation|policy|invalid_prompt|model|quota|balance|billing|api_key/;
const OTHER_WORDS =
  /context (?:length|size|window)|too (?:long|large|many tokens)|content.?(?:policy|filter|management)|moderation|safety|quota|credit|balance|billing|api.?key|model\b.{0,80}\b(?:not (?:found|exist)|unknown|does not exist|not loaded)/i;

const NAMES_LIMIT = /max_(?:completion_)?tokens/i;
const NAMES_LENGTH = /\b(?:min|max)_?length\b/i;
const NAMES_COUNT = /\b(?:min|max)_?items\b/i;
const NAMES_OUTPUT =
  /response.?format|json.?schema|json.?object|json.?mode|text\.format|structured.?output|guided|grammar|additionalProperties|\bschema\b|requested parameters/i;

/**
 * How to ask after a refusal: the next best manner, or null when the refusal has another cause, may have been paid, or
 * nothing is left to try. Each step gives up one thing for good, so that a chain of refusals ends.
 *
 * @param tried the manners before this one, of this question
 * @param isKnown the server has taken this manner before, so that only a refusal that names its cause is about it
 */
export function nextManner(
  manner: Manner,
  refusal: ProviderError,
  { server, tried, isKnown }: { server: Server; tried: readonly Manner[]; isKnown: boolean },
): Manner | null {
  if (refusal.kind !== 'answered' || ![400, 404, 415, 422].includes(refusal.status ?? 0)) return null;
  if (OTHER_CODE.test(refusal.code ?? '') || OTHER_WORDS.test(refusal.message)) return null;
  const words = refusal.message;
  if (NAMES_LIMIT.test(words) && tried.every(({ limit }) => limit === manner.limit))
    return { ...manner, limit: manner.limit === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens' };
  const isSchema = manner.output === 'json_schema';
  if (isSchema && manner.bounds === 'all' && NAMES_LENGTH.test(words)) return { ...manner, bounds: 'counts' };
  if (isSchema && manner.bounds !== 'none' && NAMES_COUNT.test(words)) return { ...manner, bounds: 'none' };
  const lower = server.output === null ? LOWER[manner.output] : null;
  if (NAMES_OUTPUT.test(words)) return lower && { ...manner, output: lower };
  // A 404 without a word about the form is an unknown model or address. OpenAI always names what it refuses.
  if (isKnown || server.isOpenAi || refusal.status === 404) return null;
  if (isSchema && manner.bounds !== 'none') return { ...manner, bounds: 'none' };
  return lower && { ...manner, output: lower };
}

const LOWER: Readonly<Record<OutputMode, OutputMode | null>> = {
  json_schema: 'json_object',
  json_object: 'text',
  text: null,
};
