import { z } from 'zod';
import { TEXT_LIMITS } from '../limits.js';
import { batchPage } from '../lists.js';
import { batchDocument, batchIs, estimate, started } from './documents.js';
import { endpoint } from './endpoint.js';
import { by, id, mixSchema, page, publishAt, textSchema, usdSchema } from './values.js';

/** What a batch is started with. An unknown account or planner is 400. */
export const batchOrder = z.object({
  account: z.string().meta({ description: 'A handle', example: 'crumbandcrust' }),
  planner: z.string().meta({ description: "One of the account's", example: 'sourdough' }),
  mix: mixSchema,
  budgetUsd: usdSchema
    .optional()
    .meta({ description: "The most that it may spend; the account's `budget.batch` when left out" }),
  brief: textSchema(TEXT_LIMITS.brief).optional().meta({ description: 'What it should be about' }),
  repeat: textSchema(TEXT_LIMITS.repeat)
    .optional()
    .meta({ description: 'Why something that the account has told lately is wanted again' }),
  fromQuestions: z.boolean().optional().meta({
    description:
      'Adds the newest questions that readers asked and no post answers to the brief; refused where there are none',
  }),
  id: id.optional().meta({ description: 'Never used before; drawn when left out' }),
});

export type BatchOrderBody = z.input<typeof batchOrder>;

const who = { by: by.optional() };
const ordered = { method: 'POST', who: 'editor', answer: { status: 200, schema: batchIs } } as const;

/** `/api/batches`. */
export const batchEndpoints = {
  list: endpoint({
    id: 'listBatches',
    method: 'GET',
    path: '/api/batches',
    summary: 'The batches, newest first',
    who: 'viewer',
    query: z.object(page),
    answer: { status: 200, schema: batchPage },
  }),
  read: endpoint({
    id: 'readBatch',
    method: 'GET',
    path: '/api/batches/{id}',
    summary: 'A batch, with its posts',
    who: 'viewer',
    answer: { status: 200, schema: batchDocument },
  }),
  start: endpoint({
    id: 'startBatch',
    method: 'POST',
    path: '/api/batches',
    summary: 'Start a batch',
    who: 'editor',
    body: batchOrder,
    answer: { status: 201, schema: started },
  }),
  estimate: endpoint({
    id: 'estimateBatch',
    method: 'POST',
    path: '/api/batches/estimate',
    summary: 'What a batch is expected to cost; nothing is started',
    notes: 'Each call is counted once, at the prices of today; a refused or redone one is paid again.',
    who: 'viewer',
    body: batchOrder,
    answer: { status: 200, schema: estimate },
  }),
  approve: endpoint({
    ...ordered,
    id: 'approveBatch',
    path: '/api/batches/{id}/approve',
    summary: 'Approve all posts of a batch that wait now',
    body: z.object({
      ...who,
      note: textSchema(TEXT_LIMITS.note).optional(),
      publishAt: publishAt.optional(),
    }),
  }),
  pause: endpoint({
    ...ordered,
    id: 'pauseBatch',
    path: '/api/batches/{id}/pause',
    summary: 'Start nothing new in a batch until it is resumed',
    body: z.object(who),
  }),
  resume: endpoint({
    ...ordered,
    id: 'resumeBatch',
    path: '/api/batches/{id}/resume',
    summary:
      'Continue with a batch that is paused or blocked, and with its posts that a budget or a key blocked',
    body: z.object(who),
  }),
  cancel: endpoint({
    ...ordered,
    id: 'cancelBatch',
    path: '/api/batches/{id}/cancel',
    summary: 'Cancel a batch and its posts that are not published yet',
    body: z.object({ ...who, reason: textSchema(TEXT_LIMITS.note).optional() }),
  }),
  budget: endpoint({
    ...ordered,
    id: 'setBatchBudget',
    path: '/api/batches/{id}/budget',
    summary: 'Set the most that a batch may spend, what was spent so far included',
    body: z.object({ ...who, usd: usdSchema }),
  }),
};
