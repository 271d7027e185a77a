import { z } from 'zod';
import { attentionList, KEYS } from '../lists.js';
import { count, documentId } from '../document.js';
import { postState } from '../status.js';
import { endpoint } from './endpoint.js';
import { by } from './values.js';

const body = z.object({ by: by.optional() });

/** `/api/attention`, and the calls that mend what is on it and nothing else has. */
export const attentionEndpoints = {
  list: endpoint({
    id: 'listAttention',
    method: 'GET',
    path: '/api/attention',
    summary: 'What needs a person: why, since when, and the call that mends it',
    notes:
      'What mends most comes first. Posts that a key stopped stand with their key. At most 500 posts and 500 batches, the newest.',
    who: 'viewer',
    query: z.object({
      account: z.string().optional().meta({ description: 'A handle; one without file and posts is 404' }),
    }),
    answer: { status: 200, schema: attentionList },
    refusals: [404],
  }),
  resume: endpoint({
    id: 'resumeAfterKey',
    method: 'POST',
    path: '/api/attention/resume',
    summary: 'Resume every post that a key stopped, once it or its account is right',
    who: 'editor',
    body: body.extend({ key: z.enum(KEYS) }),
    answer: {
      status: 200,
      schema: z.object({
        results: z.array(
          z.union([
            z.object({ id: documentId, status: postState, revision: count }),
            z.object({ id: documentId, error: z.object({ message: z.string() }) }),
          ]),
        ),
      }),
    },
  }),
  resumeSchedule: endpoint({
    id: 'resumeSchedule',
    method: 'POST',
    path: '/api/schedules/{id}/resume',
    summary: 'Let a paused schedule start its batches again',
    who: 'editor',
    body,
    answer: { status: 200, schema: z.object({ paused: z.boolean() }) },
  }),
  runSchedule: endpoint({
    id: 'runSchedule',
    method: 'POST',
    path: '/api/schedules/{id}/run',
    summary: "Start a schedule's batch now",
    who: 'editor',
    body,
    answer: {
      status: 200,
      schema: z.object({
        batchId: documentId.nullable().meta({ description: 'Null where it waits for the one before' }),
      }),
    },
  }),
};
