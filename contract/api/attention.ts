import { z } from 'zod';
import { attentionList, KEYS } from '../lists.js';
import { count, documentId } from '../document.js';
import { postState } from '../status.js';
import { endpoint } from './endpoint.js';
import { by } from './values.js';

/** `/api/attention`, and the call that mends what a key stopped. */
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
    body: z.object({ key: z.enum(KEYS), by: by.optional() }),
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
};
