import { z } from 'zod';
import { costList, slotList } from '../lists.js';
import { COST_KEYS } from '../money/charge.js';
import { parseSince, SINCE_FORM } from '../time.js';
import { accountsDocument } from './documents.js';
import { endpoint } from './endpoint.js';

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
