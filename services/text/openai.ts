import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import type { TextSettings } from '../../contract/settings.js';
import type { TextUsage } from '../../contract/prices/text-price.js';
import { judge } from './judge.js';
import { asProviderError } from './openai-errors.js';
import type { TextAnswer, TextQuestion, TextService } from './text.js';

/** The longest a single answer is waited for; a reasoning model may think for minutes. */
const TIMEOUT_MS = 300_000;

/** What both APIs tell of a paid call, before its output is judged. */
interface Reply {
  readonly model: string;
  readonly usage: TextUsage | null;
  readonly requestId: string | null;
  readonly tier: string | null;
  /** Set when the output can't be used as it is. */
  readonly fault: { outcome: 'refused' | 'truncated' | 'failed'; detail: string } | null;
  readonly text: string;
}

/**
 * Text by OpenAI, or a server that speaks its API. Uses `create()` and our own judging: the client's `parse()` throws on
 * output that does not fit and loses the usage, which is the cost. The client never retries; Temporal does.
 */
export class OpenAiText implements TextService {
  readonly provider = 'openai';
  readonly offline: boolean;
  readonly #client: OpenAI;
  readonly #api: TextSettings['api'];

  constructor(settings: TextSettings & { readonly offline: boolean }) {
    this.offline = settings.offline;
    this.#api = settings.api;
    this.#client = new OpenAI({
      apiKey: settings.apiKey,
      baseURL: settings.baseUrl,
      maxRetries: 0,
      timeout: TIMEOUT_MS,
    });
  }

  async ask<T>(question: TextQuestion<T>): Promise<TextAnswer<T>> {
    const started = performance.now();
    const reply = await (this.#api === 'chat' ? this.#chat(question) : this.#responses(question)).catch(
      (error: unknown) => {
        throw asProviderError(error);
      },
    );
    const { fault, text, ...paid } = reply;
    const seconds = Math.round(performance.now() - started) / 1_000;
    return { ...paid, seconds, ...(fault ?? judge(question.schema, text)) };
  }

  async #responses<T>(question: TextQuestion<T>): Promise<Reply> {
    const response = await this.#client.responses.create(
      {
        model: question.model,
        instructions: question.instructions,
        input: question.input,
        max_output_tokens: question.maxOutputTokens,
        text: { format: zodTextFormat(question.schema, question.name) },
      },
      options(question),
    );
    return {
      model: response.model,
      usage: response.usage ? responsesUsage(response.usage) : null,
      requestId: response._request_id ?? null,
      tier: response.service_tier ?? null,
      fault: responsesFault(response),
      text: response.output_text,
    };
  }

  async #chat<T>(question: TextQuestion<T>): Promise<Reply> {
    const completion = await this.#client.chat.completions.create(
      {
        model: question.model,
        messages: [
          { role: 'system', content: question.instructions },
          { role: 'user', content: question.input },
        ],
        max_completion_tokens: question.maxOutputTokens,
        response_format: zodResponseFormat(question.schema, question.name),
      },
      options(question),
    );
    const choice = completion.choices[0];
    return {
      model: completion.model,
      usage: completion.usage ? chatUsage(completion.usage) : null,
      requestId: completion._request_id ?? null,
      tier: completion.service_tier ?? null,
      fault: choice ? chatFault(choice) : { outcome: 'failed', detail: 'the answer holds no choice' },
      text: choice?.message.content ?? '',
    };
  }
}

const options = (question: TextQuestion<unknown>): OpenAI.RequestOptions => ({
  maxRetries: 0,
  headers: { 'X-Client-Request-Id': question.key },
  ...(question.signal && { signal: question.signal }),
});

function responsesFault(response: OpenAI.Responses.Response): Reply['fault'] {
  if (response.status === 'failed' || response.status === 'cancelled') {
    return { outcome: 'failed', detail: response.error?.message ?? response.status };
  }
  if (response.status === 'incomplete') {
    const reason = response.incomplete_details?.reason ?? 'incomplete';
    return { outcome: reason === 'content_filter' ? 'refused' : 'truncated', detail: reason };
  }
  const parts = response.output.flatMap((item) => (item.type === 'message' ? item.content : []));
  const refusal = parts.find((part) => part.type === 'refusal');
  return refusal ? { outcome: 'refused', detail: refusal.refusal } : null;
}

function chatFault(choice: OpenAI.ChatCompletion.Choice): Reply['fault'] {
  if (choice.message.refusal) return { outcome: 'refused', detail: choice.message.refusal };
  if (choice.finish_reason === 'length') return { outcome: 'truncated', detail: 'max_completion_tokens' };
  if (choice.finish_reason === 'content_filter') return { outcome: 'refused', detail: 'content_filter' };
  return null;
}

/** Compatible servers leave the details out, so each is read with a 0 behind it. */
interface InputDetails {
  readonly cached_tokens?: number;
  readonly cache_write_tokens?: number;
  readonly cache_write_tokens_details?: { readonly ttl_12h?: number };
}

function responsesUsage(usage: OpenAI.Responses.ResponseUsage): TextUsage {
  const output = usage.output_tokens_details as { reasoning_tokens?: number } | undefined;
  return {
    input: usage.input_tokens,
    ...inputDetails(usage.input_tokens_details),
    output: usage.output_tokens,
    reasoning: output?.reasoning_tokens ?? 0,
  };
}

const chatUsage = (usage: OpenAI.CompletionUsage): TextUsage => ({
  input: usage.prompt_tokens,
  ...inputDetails(usage.prompt_tokens_details),
  output: usage.completion_tokens,
  reasoning: usage.completion_tokens_details?.reasoning_tokens ?? 0,
});

const inputDetails = (details: InputDetails | undefined) => ({
  cached: details?.cached_tokens ?? 0,
  cacheWrite: details?.cache_write_tokens ?? 0,
  cacheWrite12h: details?.cache_write_tokens_details?.ttl_12h ?? 0,
});
