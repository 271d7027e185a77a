import type OpenAI from 'openai';
import { schemaWords, wireSchema } from './json-schema.js';
import type { Manner } from './output-mode.js';
import { contentOf, errorWords, failed, refused, words, type Reply } from './reply.js';
import type { TextQuestion } from './text.js';
import { asObject, type Loose } from './usage.js';

type ChatRequest = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** A question over the Chat Completions API. */
export const chatRequest = (
  question: TextQuestion<unknown>,
  manner: Manner,
  words: Wording,
): ChatRequest => ({
  model: question.model,
  messages: [
    { role: 'system', content: instructions(question, words) },
    { role: 'user', content: question.input },
  ],
  [manner.limit]: words.maxOutputTokens,
  ...chatFormat(question, manner),
});

/** What stands in a request beside the question itself. */
export interface Wording {
  readonly maxOutputTokens: number;
  /** Whether the instructions tell the schema; the server may not hold the model to it, or not show it. */
  readonly tellsSchema: boolean;
}

export const instructions = (
  { instructions, schema }: TextQuestion<unknown>,
  { tellsSchema }: Wording,
): string => (tellsSchema ? `${instructions}\n\n${schemaWords(schema)}` : instructions);

function chatFormat(
  { name, schema }: TextQuestion<unknown>,
  { output, bounds }: Manner,
): Partial<ChatRequest> {
  switch (output) {
    case 'json_schema': {
      const json_schema = { name, strict: true, schema: wireSchema(schema, bounds) };
      return { response_format: { type: 'json_schema', json_schema } };
    }
    case 'json_object':
      return { response_format: { type: 'json_object' } };
    case 'text':
      return {};
  }
}

/** What came of it, whatever a server sends. */
export function chatReply(body: Loose): Reply {
  const choice = Array.isArray(body['choices']) ? asObject(body['choices'][0]) : null;
  if (!choice) return failed(errorWords(body['error']) ?? 'the answer holds no choice');
  const message = asObject(choice['message']);
  const finish = choice['finish_reason'];
  const content = contentOf(message?.['content'] ?? choice['text']);
  const refusal = words(message?.['refusal']) ?? content.refusal;
  if (refusal !== null) return refused(refusal);
  if (finish === 'content_filter') return refused('content_filter');
  const error = errorWords(choice['error']) ?? errorWords(body['error']);
  if (error !== null || finish === 'error') return failed(error ?? 'the answer ended with an error');
  return {
    fault: null,
    text: content.text,
    cut: finish === 'length' ? 'the output limit was reached' : null,
  };
}
