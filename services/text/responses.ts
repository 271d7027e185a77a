import type OpenAI from 'openai';
import { instructions, wireSchema } from './json-schema.js';
import type { Manner } from './output-mode.js';
import { contentOf, readErrorText, failed, refused, words, type TextReply } from './reply.js';
import type { TextApi, Wording } from './text-api.js';
import type { TextQuestion } from './text.js';
import { asObject, type Loose } from './usage.js';

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
