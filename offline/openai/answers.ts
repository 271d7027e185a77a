import { randomBytes } from 'node:crypto';
import type { TokenUsage } from '../ledger.js';
import type { AskedPrompt } from './question.js';

/** What the "model" said, before it is put into the shape of an API. */
export interface ModelReply {
  readonly kind: 'text' | 'refusal' | 'truncated';
  readonly text: string;
}

export const newAnswerId = (prefix: string): string => `${prefix}_${randomBytes(16).toString('hex')}`;

/** The document of `POST /responses`. */
export function responsesBody(question: AskedPrompt, reply: ModelReply, usage: TokenUsage): object {
  const isCut = reply.kind === 'truncated';
  const content =
    reply.kind === 'refusal'
      ? { type: 'refusal', refusal: reply.text }
      : { type: 'output_text', text: reply.text, annotations: [], logprobs: [] };
  const { body } = question;
  return {
    id: newAnswerId('resp'),
    object: 'response',
    created_at: Math.floor(Date.now() / 1_000),
    status: isCut ? 'incomplete' : 'completed',
    background: false,
    error: null,
    incomplete_details: isCut ? { reason: 'max_output_tokens' } : null,
    instructions: body.instructions ?? null,
    max_output_tokens: question.maxOutputTokens,
    model: question.model,
    output: [
      {
        type: 'message',
        id: newAnswerId('msg'),
        status: isCut ? 'incomplete' : 'completed',
        role: 'assistant',
        content: [content],
      },
    ],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    service_tier: question.tier,
    store: body.store ?? true,
    temperature: body.temperature ?? 1,
    text: body.text ?? { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: usage.input,
      input_tokens_details: { cached_tokens: usage.cached, cache_write_tokens: 0 },
      output_tokens: usage.output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: usage.input + usage.output,
    },
    user: null,
    metadata: body.metadata ?? {},
  };
}

/** The document of `POST /chat/completions`. */
export function chatBody(question: AskedPrompt, reply: ModelReply, usage: TokenUsage): object {
  const isRefusal = reply.kind === 'refusal';
  return {
    id: newAnswerId('chatcmpl'),
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model: question.model,
    choices: [
      {
        index: 0,
        message: {
          role: 'assistant',
          content: isRefusal ? null : reply.text,
          refusal: isRefusal ? reply.text : null,
          annotations: [],
        },
        logprobs: null,
        finish_reason: reply.kind === 'truncated' ? 'length' : 'stop',
      },
    ],
    usage: {
      prompt_tokens: usage.input,
      completion_tokens: usage.output,
      total_tokens: usage.input + usage.output,
      prompt_tokens_details: { cached_tokens: usage.cached, audio_tokens: 0 },
      completion_tokens_details: {
        reasoning_tokens: 0,
        audio_tokens: 0,
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
      },
    },
    service_tier: question.tier,
    system_fingerprint: null,
  };
}
