import { z } from 'zod';
import { TEXT_LIMITS } from '../limits.js';
import { chatReply } from './documents.js';
import { endpoint } from './endpoint.js';
import { textValue } from './values.js';

/** A question of a reader. */
export const chatQuestion = z.object({
  account: z
    .string()
    .max(200)
    .meta({ description: 'A handle; an account that has no chat is 404', example: 'crumbandcrust' }),
  question: textValue(TEXT_LIMITS.question).meta({ example: 'Why does my starter smell of apples?' }),
  chatId: z.string().max(200).optional().meta({
    description: 'The conversation that it belongs to; a new one when left out, and 404 where there is none',
    example: 'UpkTZ26nc9Eb',
  }),
});

/** `/api/chats`. */
export const chatEndpoints = {
  ask: endpoint({
    id: 'askAccount',
    method: 'POST',
    path: '/api/chats',
    summary: 'Ask an account; it answers from what it has published, and cites the posts',
    notes:
      "Anyone may ask an account whose file has `chat:`, 20 questions a minute; the account's budget of the day counts for all. Where it has written nothing of it, the answer says so and cites nothing. Questions are kept.",
    who: 'everybody',
    body: chatQuestion,
    answer: { status: 200, schema: chatReply },
    refusals: [404],
  }),
};
