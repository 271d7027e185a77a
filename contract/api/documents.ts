/** What is answered, document by document. A reader ignores fields that it doesn't know: a later version may have more. */
import { z } from 'zod';
import { FORMAT_NAMES } from '../formats/registry.js';
import { BATCH_STATES, DECISION_KINDS, GATES, POST_STATES, STEP_STATES, STEPS } from '../states.js';

const id = z.string().meta({ example: 'UpkTZ26nc9Eb' });
const time = z.string().meta({ description: 'ISO 8601 with zone', example: '2026-11-24T10:09:00.000Z' });
const usd = z.number().meta({ description: 'US dollars, exact to the nano-dollar' });
const count = z.int().min(0);
const mix = z.record(z.string(), count).meta({ example: { video: 1, hero_text: 4 } });
const gate = z.enum(GATES).nullable();
const postState = z.enum(POST_STATES);
const batchState = z.enum(BATCH_STATES);
const counts = z.record(z.string(), count).meta({ description: 'How many posts are in each state' });
const next = z.string().nullable().meta({ description: 'The `cursor` of the next rows; null on the last' });
const notice = z.string().optional().meta({ description: 'What stand-ins made: an offline sample' });

/** Every answer that is none of success. */
export const errorDocument = z.object({
  error: z.object({
    message: z.string().meta({ description: 'One line that says what is wrong, and what to do' }),
    field: z.string().optional().meta({ description: 'The field at fault' }),
  }),
});

const statusError = z.object({
  type: z.string(),
  message: z.string(),
  requestId: z.string().nullable(),
});

const pipelineRow = z.object({
  step: z.enum(STEPS),
  label: z.string(),
  target: z
    .string()
    .optional()
    .meta({ description: 'Of a publish row: the target, of which each has its own' }),
  state: z.enum(STEP_STATES),
  provider: z.string().nullable(),
  model: z.string().nullable(),
  asset: z.string().nullable(),
  costUsd: usd,
  apiSeconds: z.number().nullable(),
  attempts: count,
  at: time.nullable(),
  note: z.string().optional(),
  offline: z.boolean().optional(),
});

const publication = z.object({
  target: z.string(),
  url: z.string(),
  at: time,
  removedAt: time
    .nullable()
    .optional()
    .meta({ description: 'When the target was rid of it, once the post was unpublished' }),
});

const words = {
  title: z.string(),
  body: z.string().nullable(),
  caption: z.string(),
  hashtags: z.array(z.string()).meta({ description: 'Without #' }),
  altText: z.string(),
};

const plan = z.object({
  topic: z.string(),
  angle: z.string(),
  rationale: z.string(),
  newsPeg: z.string().nullable(),
  newsUrl: z.string().nullable().optional().meta({ description: 'Where the news stands that the peg names' }),
  button: z.string(),
});

const reviewEntry = z.object({
  decision: z.enum(DECISION_KINDS),
  by: z.string(),
  revision: count,
  gate,
  note: z.string().nullable(),
  at: time,
  counted: z.boolean(),
});

/** The status document of a post, with its bills and the chats that cited it. */
export const postDocument = z.object({
  id,
  account: z.string(),
  batchId: id,
  planner: z.string(),
  contentFormat: z.string().meta({ examples: [...FORMAT_NAMES] }),
  offline: z.boolean(),
  status: postState,
  gate,
  revision: count,
  ...words,
  plan,
  specialMessage: z.string(),
  brief: z.string().nullable(),
  repeat: z.string().optional(),
  pipeline: z.array(pipelineRow),
  costUsd: usd,
  unknownUsd: usd,
  billedUsd: usd.optional(),
  checks: z.array(z.object({ rule: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
  review: z.array(reviewEntry),
  publications: z.array(publication),
  texts: z
    .array(
      z.object({
        target: z.string(),
        text: z.string(),
        own: z.boolean().meta({ description: 'A person wrote it for this target alone' }),
        left: z.array(z.string()).meta({ description: 'What had no room' }),
      }),
    )
    .optional()
    .meta({ description: 'What goes out at each target that takes no whole post' }),
  slot: time.nullable(),
  createdAt: time,
  publishedAt: time.nullable(),
  error: statusError.nullable(),
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
  id,
  account: z.string(),
  contentFormat: z.string(),
  status: z.literal('published'),
  ...words,
  publications: z.array(publication),
  publishedAt: time.nullable(),
  models: z.array(z.string()),
  offline: z.boolean(),
  notice,
});

/** What a reader of a post is given: the whole document, or what is public of it. */
export const eitherPost = z.union([postDocument, publicPost]);

const postSummary = z.object({
  id,
  account: z.string(),
  batchId: id,
  planner: z.string(),
  title: z.string(),
  contentFormat: z.string(),
  status: postState,
  gate,
  revision: count,
  costUsd: usd,
  since: time,
  reminded: z.boolean(),
  misses: count,
  offline: z.boolean(),
  hero: z.string().nullable(),
  slot: time.nullable(),
  error: z.string().nullable(),
  createdAt: time,
});

export const postPage = z.object({ posts: z.array(postSummary), next });

/** The status document of a batch. */
export const batchDocument = z.object({
  id,
  account: z.string(),
  planner: z.string(),
  mix,
  specialMessage: z.string(),
  brief: z.string().nullable(),
  repeat: z.string().optional(),
  offline: z.boolean(),
  status: batchState,
  budgetUsd: usd,
  costUsd: usd,
  unknownUsd: usd,
  counts,
  pipeline: z.array(pipelineRow),
  posts: z.array(
    z.object({
      id,
      title: z.string(),
      contentFormat: z.string(),
      status: postState,
      gate,
      revision: count,
      costUsd: usd,
      step: z.enum(STEPS).nullable(),
      error: statusError.nullable(),
    }),
  ),
  createdAt: time,
  error: statusError.nullable(),
  notice,
});

const batchSummary = z.object({
  id,
  account: z.string(),
  planner: z.string(),
  mix,
  status: batchState,
  counts,
  costUsd: usd,
  budgetUsd: usd,
  createdAt: time,
  offline: z.boolean(),
});

export const batchPage = z.object({ batches: z.array(batchSummary), next });

export const slotsDocument = z.object({
  slots: z.array(
    z.object({
      at: time,
      postId: id.nullable().meta({ description: 'The post that goes out then; null for a free slot' }),
      title: z.string().nullable(),
    }),
  ),
  timeZone: z.string().meta({ description: "The account's, of the IANA database", example: 'Europe/Lisbon' }),
});

const costRow = z.object({
  key: z.string(),
  costUsd: usd,
  wastedUsd: usd,
  unknownUsd: usd,
  charges: count,
});

export const costsDocument = z.object({ rows: z.array(costRow), total: costRow, offlineCharges: count });

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
      chatId: id,
      turn: count.meta({ description: 'Which question of its conversation it is, from 1' }),
      question: z.string(),
      at: time,
    }),
  ),
});

/** What a reader gets who asks an account. */
export const chatReply = z.object({
  chatId: id.meta({ description: 'Continues the conversation' }),
  answer: z.string(),
  citations: z
    .array(z.object({ postId: id, title: z.string(), url: z.string() }))
    .meta({ description: 'The posts that the answer rests on; none where nothing was answered' }),
});

export const decided = z.object({ status: postState, revision: count });
export const postIs = z.object({ status: postState });
export const batchIs = z.object({ status: batchState });
export const started = z.object({ batchId: id });
export const shared = z.object({
  url: z.string().meta({ description: 'Shows the post to who has it, and takes one decision' }),
  expiresAt: time,
});
export const estimate = z.object({
  costUsd: usd.meta({ description: 'What all of it is expected to cost when each call is made once' }),
  steps: z.array(z.object({ step: z.enum(STEPS), model: z.string(), calls: count, costUsd: usd })),
});
