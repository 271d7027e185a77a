/** What only the API answers. A reader ignores fields that it doesn't know: a later version may have more. */
import { z } from 'zod';
import { count, documentId, time, dollarsField } from '../document.js';
import { STEPS } from '../states.js';
import {
  batchState,
  batchStatusSchema,
  postState,
  postStatusSchema,
  publication,
  publicWords,
} from '../status.js';

const notice = z.string().optional().meta({ description: 'What stand-ins made: an offline sample' });

/** Every answer that is none of success. */
export const errorDocument = z.object({
  error: z.object({
    message: z.string().meta({ description: 'One line that says what is wrong, and what to do' }),
    field: z.string().optional().meta({ description: 'The field at fault' }),
  }),
});

/** The status document of a post, with the chats that cited it. */
export const postDocument = postStatusSchema.extend({
  chatReferences: z
    .array(
      z.object({
        chatId: z.string(),
        question: z.string(),
        at: time,
        url: z.string().meta({ description: 'Shows that one question and its answer' }),
      }),
    )
    .meta({ description: "The turns of the account's chat that cited the post, the newest first" }),
  notice,
});

/** What a stranger sees of a published post whose record stays at the desk. */
export const publicPost = z.object({
  id: documentId,
  account: z.string(),
  contentFormat: z.string(),
  status: z.literal('published'),
  ...publicWords,
  publications: z.array(publication),
  publishedAt: time.nullable(),
  models: z.array(z.string()),
  offline: z.boolean(),
  notice,
});

/** What a reader of a post is given: the whole document, or what is public of it. */
export const eitherPost = z.union([postDocument, publicPost]);

export const batchDocument = batchStatusSchema.extend({ notice });

const problem = z.object({ line: count, field: z.string(), message: z.string() });

export const accountsDocument = z.object({
  accounts: z.array(
    z.object({
      handle: z.string(),
      name: z
        .string()
        .nullable()
        .meta({ description: 'Null while its file was never read without a problem' }),
      planners: z.array(z.object({ name: z.string(), covers: z.string() })),
      formats: z.array(z.string()),
      targets: z.array(z.string()),
      problems: z.array(problem).meta({ description: 'What is wrong in its file, and where' }),
    }),
  ),
});

export const openQuestionsDocument = z.object({
  questions: z.array(
    z.object({
      chatId: documentId,
      turn: count.meta({ description: 'Which question of its conversation it is, from 1' }),
      question: z.string(),
      at: time,
    }),
  ),
});

const citation = z.object({ postId: documentId, title: z.string(), url: z.string() });

/** What a reader gets who asks an account. */
export const chatReply = z.object({
  chatId: documentId.meta({ description: 'Continues the conversation' }),
  answer: z.string(),
  citations: z
    .array(citation)
    .meta({ description: 'The posts that the answer rests on; none where nothing was answered' }),
  offered: z
    .array(citation)
    .optional()
    .meta({ description: 'At most three posts to read instead, where nothing was answered or asked' }),
});

export const decided = z.object({ status: postState, revision: count });
export const postIs = z.object({ status: postState });
export const batchIs = z.object({ status: batchState });
export const started = z.object({ batchId: documentId });
export const copyStarted = z.object({ batchId: documentId, postId: documentId });
export const shared = z.object({
  url: z.string().meta({ description: 'Shows the post to who has it, and takes one decision' }),
  expiresAt: time,
});
export const estimate = z.object({
  costUsd: dollarsField.meta({
    description: 'What all of it is expected to cost when each call is made once',
  }),
  steps: z.array(z.object({ step: z.enum(STEPS), model: z.string(), calls: count, costUsd: dollarsField })),
});
