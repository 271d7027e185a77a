/** What a person may tell a post over HTTP: the update `review`, checked. */
import { z } from 'zod';
import { EDIT_LIMITS, TEXT_LIMITS } from '../limits.js';
import { GATES, REDO_KINDS } from '../states.js';
import { by, hashtags, publishAt, revision, targetName, textSchema } from './values.js';

const note = textSchema(TEXT_LIMITS.note);
const who = { by: by.optional() };

const approve = z.object({
  decision: z.literal('approve'),
  ...who,
  gate: z.enum(GATES).optional().meta({ description: 'The gate that is meant; the open one when left out' }),
  revision: revision.optional(),
  note: note.optional(),
  publishAt: publishAt.optional(),
});

const reject = z.object({
  decision: z.literal('reject'),
  ...who,
  reason: note.meta({ description: 'Why, for the record' }),
});

const revise = z.object({
  decision: z.literal('revise'),
  ...who,
  instructions: note.meta({ description: 'What the model is told to change' }),
  redo: z.enum(REDO_KINDS).optional().meta({ description: 'What is made again; `text` when left out' }),
});

const edit = z
  .object({
    decision: z.literal('edit'),
    ...who,
    revision: revision.optional(),
    title: textSchema(EDIT_LIMITS.title).optional(),
    body: textSchema(EDIT_LIMITS.body).optional(),
    caption: textSchema(EDIT_LIMITS.caption).optional(),
    hashtags: hashtags.optional(),
    altText: textSchema(EDIT_LIMITS.altText).optional(),
    target: targetName.optional().meta({ description: 'The target that `text` is for alone' }),
    text: z.string().trim().max(TEXT_LIMITS.targetText).optional().meta({
      description: 'Goes out at `target` in place of the fitted text; an empty one gives that back',
    }),
  })
  .refine(
    ({ title, body, caption, hashtags: tags, altText, target }) =>
      [title, body, caption, tags, altText, target].some((part) => part !== undefined),
    'There is nothing to edit: name title, body, caption, hashtags or altText, or target and text',
  )
  .refine(
    ({ target, text: own }) => (target === undefined) === (own === undefined),
    'target and text go together',
  );

const resume = z.object({ decision: z.literal('resume'), ...who, note: note.optional() });

const cancel = z.object({ decision: z.literal('cancel'), ...who, reason: note.optional() });

const reschedule = z.object({
  decision: z.literal('reschedule'),
  ...who,
  publishAt: publishAt.meta({ description: 'While it is scheduled: another time, `now`, or `next`' }),
});

/** The body of `POST /api/posts/{id}/decisions`. */
export const decision = z.discriminatedUnion('decision', [
  approve,
  reject,
  revise,
  edit,
  resume,
  cancel,
  reschedule,
]);

export type DecisionBody = z.input<typeof decision>;
