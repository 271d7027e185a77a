import type OpenAI from 'openai';
import type { TextApiName } from '../../contract/providers.js';
import { instructions, wireSchema } from './json-schema.js';
import type { Manner } from './output-mode.js';
import { type TextReply, contentOf, readErrorText, failed, refused, words } from './reply.js';
import type { TextQuestion } from './text.js';
import { type Loose, asObject } from './usage.js';

/** What stands in a request beside the question itself. */
export interface Wording {
  readonly maxOutputTokens: number;
  /** Whether the instructions tell the schema; the server may not hold the model to it, or not show it. */
  readonly tellsSchema: boolean;
}

/** One way in which servers are asked for text: what goes over the wire, and what their answers say. */
export interface TextApi {
  /** One POST, whose answer comes as it is. @throws the client's errors */
  send(
    client: OpenAI,
    question: TextQuestion<unknown>,
    asked: { readonly manner: Manner; readonly wording: Wording; readonly options: OpenAI.RequestOptions },
  ): Promise<Response>;
  /** What came of it, whatever the server sends. */
  reply(body: Loose): TextReply;
  /** What was used, in the words of either of OpenAI's APIs; whatever else it is counts as not told. */
  usage(body: Loose): unknown;
}

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

type ResponsesRequest = OpenAI.Responses.ResponseCreateParamsNonStreaming;

/** The Responses API, OpenAI's own. */
export const responses: TextApi = {
  send: (client, question, { manner, wording, options }) =>
    client.responses.create(responsesRequest(question, manner, wording), options).asResponse(),
  reply: responsesReply,
  usage: (body) => body['usage'],
};

const responsesRequest = (
  question: TextQuestion<unknown>,
  manner: Manner,
  wording: Wording,
): ResponsesRequest => ({
  model: question.model,
  instructions: instructions(question, wording.tellsSchema),
  input: question.input,
  max_output_tokens: wording.maxOutputTokens,
  ...responsesFormat(question, manner),
});

function responsesFormat(
  { name, schema }: TextQuestion<unknown>,
  { output, bounds }: Manner,
): Partial<ResponsesRequest> {
  switch (output) {
    case 'json_schema':
      return {
        text: {
          format: { type: 'json_schema', name, strict: true, schema: { ...wireSchema(schema, bounds) } },
        },
      };
    case 'json_object':
      return { text: { format: { type: 'json_object' } } };
    case 'text':
      return {};
  }
}

function responsesReply(body: Loose): TextReply {
  const status = words(body['status']);
  const error = readErrorText(body['error']);
  if (error !== null || (status !== null && !['completed', 'incomplete'].includes(status)))
    return failed(error ?? `the answer is ${String(status)}`);
  const items = Array.isArray(body['output']) ? body['output'].map(asObject) : [];
  const messages = items
    .filter((item) => item?.['type'] === 'message')
    .map((item) => contentOf(item?.['content']));
  const refusal = messages.map((message) => message.refusal).find((one) => one !== null);
  if (refusal !== undefined) return refused(refusal);
  const reason = words(asObject(body['incomplete_details'])?.['reason']);
  if (status === 'incomplete' && reason === 'content_filter') return refused(reason);
  const said = messages.map(({ text }) => text).join('');
  // `output_text` is the clients' own word for it, which a few servers send in its place.
  const text = said === '' ? (words(body['output_text']) ?? '') : said;
  if (text === '' && items.length === 0 && status === null) return failed('the answer holds no output');
  return { fault: null, text, cut: status === 'incomplete' ? (reason ?? 'incomplete') : null };
}

/** Every API that `OPENAI_API` may name. */
export const TEXT_APIS: Readonly<Record<TextApiName, TextApi>> = { responses, chat: chatCompletions };
