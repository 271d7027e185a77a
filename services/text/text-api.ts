import type OpenAI from 'openai';
import type { Manner } from './output-mode.js';
import type { TextReply } from './reply.js';
import type { TextQuestion } from './text.js';
import type { Loose } from './usage.js';

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
