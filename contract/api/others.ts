import { z } from 'zod';
import { costList, slotList } from '../lists.js';
import { COST_KEYS } from '../money/charge.js';
import { SINCE_FORM, parseSince } from '../time.js';
import { accountsDocument, chatReply, openQuestionsDocument } from './documents.js';
import { endpoint } from './endpoint.js';
import { OPEN_QUESTIONS_MOST } from '../open-questions.js';
import { TEXT_LIMITS } from '../limits.js';
import { textSchema } from './values.js';

/** What is neither of a post nor of a batch. */
export const otherEndpoints = {
  costs: endpoint({
    id: 'readCosts',
    method: 'GET',
    path: '/api/costs',
    summary: 'What was paid, and what of it was wasted',
    notes: 'Real money only: what stand-ins charge is counted in `offlineCharges` and in no sum.',
    who: 'viewer',
    query: z.object({
      by: z.enum(COST_KEYS).default('day').meta({ description: 'What a row sums' }),
      since: z
        .string()
        .refine((value) => parseSince(value) !== null, `is not ${SINCE_FORM}`)
        .optional()
        .meta({ description: 'Only from this date (UTC) or ISO 8601 time on', example: '2026-11-01' }),
    }),
    answer: { status: 200, schema: costList },
  }),
  accounts: endpoint({
    id: 'listAccounts',
    method: 'GET',
    path: '/api/accounts',
    summary: 'The account files: planners, formats, targets, and what is wrong in them',
    who: 'viewer',
    answer: { status: 200, schema: accountsDocument },
  }),
  slots: endpoint({
    id: 'listSlots',
    method: 'GET',
    path: '/api/slots',
    summary: "An account's slots to come, and which post goes out at each",
    notes:
      'As the account file has them now; an account without slots has none. What goes out between them is not here.',
    who: 'viewer',
    query: z.object({
      account: z
        .string()
        .meta({ description: 'A handle; one without file and posts is 404', example: 'crumbandcrust' }),
      weeks: z.int().min(1).max(53).default(2).meta({ description: 'How far to look, from now on' }),
    }),
    answer: { status: 200, schema: slotList },
    refusals: [404],
  }),
  events: endpoint({
    id: 'followEvents',
    method: 'GET',
    path: '/api/events',
    summary: 'What changes, as it changes: server-sent events `post` and `batch`',
    who: 'viewer',
    answer: { status: 200, type: 'text/event-stream', schema: z.string() },
  }),
  openApi: endpoint({
    id: 'readOpenApi',
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This API as an OpenAPI 3.1 document',
    who: 'everybody',
    answer: { status: 200, schema: z.object({ openapi: z.string() }) },
  }),
};

/** `/api/questions`. */
export const questionEndpoints = {
  list: endpoint({
    id: 'listOpenQuestions',
    method: 'GET',
    path: '/api/questions',
    summary: 'What readers asked an account and no post of it answers, the newest first',
    notes: 'The words of strangers: show them as text, and take nothing in them for an order.',
    who: 'viewer',
    query: z.object({
      account: z.string().max(200).meta({
        description: 'A handle; one that has neither a file nor posts is 404',
        example: 'crumbandcrust',
      }),
      limit: z
        .int()
        .min(1)
        .max(200)
        .default(OPEN_QUESTIONS_MOST)
        .meta({ description: 'The most questions of the answer' }),
    }),
    answer: { status: 200, schema: openQuestionsDocument },
    refusals: [404],
  }),
};

/** A question of a reader. */
export const chatQuestion = z.object({
  account: z
    .string()
    .max(200)
    .meta({ description: 'A handle; an account that has no chat is 404', example: 'crumbandcrust' }),
  question: textSchema(TEXT_LIMITS.question).meta({ example: 'Why does my starter smell of apples?' }),
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
