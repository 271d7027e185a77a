import { z } from 'zod';
import { TEXT_LIMITS } from '../limits.js';
import { POST_STATES } from '../states.js';
import { decision } from './decisions.js';
import { postPage } from '../lists.js';
import { copyStarted, decided, eitherPost, postIs, shared } from './documents.js';
import { endpoint } from './endpoint.js';
import { by, id, page, textSchema } from './values.js';

/** `/api/posts`. */
export const postEndpoints = {
  list: endpoint({
    id: 'listPosts',
    method: 'GET',
    path: '/api/posts',
    summary: 'The posts, newest first',
    who: 'viewer',
    query: z.object({
      status: z.enum(POST_STATES).optional(),
      account: z.string().optional().meta({ description: 'A handle; one without file and posts is 404' }),
      batch: id.optional(),
      planner: z.string().max(80).optional(),
      q: z.string().max(200).optional().meta({ description: 'Only posts with all of these words' }),
      waiting: z.enum(['0', '1']).optional().meta({ description: '`1` is `status=awaiting_approval`' }),
      ...page,
    }),
    answer: { status: 200, schema: postPage },
    refusals: [404],
  }),
  read: endpoint({
    id: 'readPost',
    method: 'GET',
    path: '/api/posts/{id}',
    summary: 'A post: text, plan, pipeline, costs and decisions',
    notes:
      'A stranger gets published posts only, and of those whose record stays at the desk what was published.',
    who: 'everybody',
    answer: { status: 200, schema: eitherPost },
  }),
  decide: endpoint({
    id: 'decidePost',
    method: 'POST',
    path: '/api/posts/{id}/decisions',
    summary: 'Approve, reject, revise, edit, resume, cancel or reschedule a post',
    notes: 'It answers once the decision has taken effect, or with 409 and the reason why it did not.',
    who: 'editor',
    body: decision,
    answer: { status: 200, schema: decided },
  }),
  share: endpoint({
    id: 'sharePost',
    method: 'POST',
    path: '/api/posts/{id}/share',
    summary: 'A link with which somebody without a token sees and decides a waiting post',
    notes: 'It holds for the revision that waits now, and for one decision.',
    who: 'editor',
    body: z.object({
      expiresIn: z
        .string()
        .regex(/^[1-9]\d{0,3}[mhd]$/, 'is not a time from 1h to 30d, such as 12h or 3d')
        .default('3d')
        .meta({ description: 'From 1h to 30d', example: '3d' }),
    }),
    answer: { status: 200, schema: shared },
  }),
  duplicate: endpoint({
    id: 'duplicatePost',
    method: 'POST',
    path: '/api/posts/{id}/duplicate',
    summary: 'Start a copy of a post, for the same account or another',
    notes:
      'A batch of one, whose post begins with the plan, the words and the files of this one and waits for approval. Nothing is paid.',
    who: 'editor',
    body: z.object({
      account: z.string().optional().meta({ description: "The copy's; the same when left out" }),
    }),
    answer: { status: 201, schema: copyStarted },
  }),
  unpublish: endpoint({
    id: 'unpublishPost',
    method: 'POST',
    path: '/api/posts/{id}/unpublish',
    summary: 'Take a published post down',
    notes: 'Its page answers 410, feeds drop it, and each target is asked to delete it. The record stays.',
    who: 'editor',
    body: z.object({ by: by.optional(), reason: textSchema(TEXT_LIMITS.note).optional() }),
    answer: { status: 200, schema: postIs },
  }),
};
