import type OpenAI from 'openai';
import { instructions, wireSchema } from './json-schema.js';
import type { Manner } from './output-mode.js';
import { contentOf, readErrorText, failed, refused, words, type TextReply } from './reply.js';
import type { TextApi, Wording } from './text-api.js';
import type { TextQuestion } from './text.js';
import { asObject, type Loose } from './usage.js';

type ChatRequest = OpenAI.ChatCompletionCreateParamsNonStreaming;

/** The Chat Completions API, which most servers speak. */
export const chatCompletions: TextApi = {
  send: (client, question, { manner, wording, options }) =>
    client.chat.completions.create(chatRequest(question, manner, wording), options).asResponse(),
  reply: chatReply,
  usage: (body) => body['usage'],
};

const chatRequest = (question: TextQuestion<unknown>, manner: Manner, words: Wording): ChatRequest => ({
  model: question.model,
  messages: [
    { role: 'system', content: instructions(question, words.tellsSchema) },
    { role: 'user', content: question.input },
  ],
  [manner.limit]: words.maxOutputTokens,
  ...chatFormat(question, manner),
});

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

function chatReply(body: Loose): TextReply {
  const choice = Array.isArray(body['choices']) ? asObject(body['choices'][0]) : null;
  if (!choice) return failed(readErrorText(body['error']) ?? 'the answer holds no choice');
  const message = asObject(choice['message']);
  const finish = choice['finish_reason'];
  const content = contentOf(message?.['content'] ?? choice['text']);
  const refusal = words(message?.['refusal']) ?? content.refusal;
  if (refusal !== null) return refused(refusal);
  if (finish === 'content_filter') return refused('content_filter');
  const error = readErrorText(choice['error']) ?? readErrorText(body['error']);
  if (error !== null || finish === 'error') return failed(error ?? 'the answer ended with an error');
  return {
    fault: null,
    text: content.text,
    cut: finish === 'length' ? 'the output limit was reached' : null,
  };
}
