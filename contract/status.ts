/** The two status documents, as the query `status` and the API answer them and the archive keeps them. */
import { z } from 'zod';
import { count, documentId, mix, time, dollarsField, type Frozen } from './document.js';
import { FORMAT_NAMES } from './formats/registry.js';
import { BATCH_STATES, DECISION_KINDS, GATES, POST_STATES, STEP_STATES, STEPS } from './states.js';

export const gate = z.enum(GATES).nullable();
export const postState = z.enum(POST_STATES);
export const batchState = z.enum(BATCH_STATES);

/** How many posts are in each state; a state that no post is in is left out. */
export const counts = z
  .partialRecord(postState, count)
  .meta({ description: 'How many posts are in each state', propertyNames: { type: 'string' } });

/** Why a post or batch is blocked or failed: a dotted type, the provider's words, its request id. */
const statusError = z.object({
  type: z.string(),
  message: z.string(),
  requestId: z.string().nullable(),
});
export type StatusError = Frozen<z.infer<typeof statusError>>;

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
  /** Every known charge of the step, refused and redone work included. */
  costUsd: dollarsField,
  /** The provider's own time where it tells, else the wall time of its calls. */
  apiSeconds: z.number().nullable(),
  attempts: count,
  at: time.nullable(),
  note: z.string().optional(),
  /** A stand-in made it: a sample, which nobody paid for. */
  offline: z.boolean().optional(),
});
export type PipelineRow = Frozen<z.infer<typeof pipelineRow>>;

export const publication = z.object({
  target: z.string(),
  url: z.string(),
  at: time,
  /** Null while it is there. */
  removedAt: time
    .nullable()
    .meta({ description: 'When the target was rid of it, once the post was unpublished' }),
});
export type Publication = Frozen<z.infer<typeof publication>>;

/** The parts of a post that readers see. */
export const publicWords = {
  title: z.string(),
  body: z.string().nullable(),
  caption: z.string(),
  hashtags: z.array(z.string()).meta({ description: 'Without #' }),
  altText: z.string(),
};

/** What the drafter gets. */
const plan = z.object({
  topic: z.string(),
  angle: z.string(),
  /** Why this account, news peg or evergreen, why this format, how it freshens the batch. */
  rationale: z.string(),
  newsPeg: z.string().nullable(),
  newsUrl: z.string().nullable().optional().meta({ description: 'Where the news stands that the peg names' }),
  /** The closing line that the piece lands on. */
  button: z.string(),
});
export type Plan = Frozen<z.infer<typeof plan>>;

/** A decision that reached a post, whether it counted or was dropped; `note` says why it was dropped. */
const reviewEntry = z.object({
  decision: z.enum(DECISION_KINDS),
  by: z.string(),
  revision: count,
  gate,
  note: z.string().nullable(),
  at: time,
  counted: z.boolean(),
});
export type ReviewEntry = Frozen<z.infer<typeof reviewEntry>>;

/** What goes out at a target that takes no whole post, as it is fitted now or as a person wrote it. */
export const targetTextsSchema = z.array(
  z.object({
    target: z.string(),
    text: z.string(),
    own: z.boolean().meta({ description: 'A person wrote it for this target alone' }),
    left: z.array(z.string()).meta({ description: 'What had no room' }),
  }),
);
export type TargetText = Frozen<z.infer<typeof targetTextsSchema>>[number];

/** What a batch and its posts are told by a person. */
const order = {
  specialMessage: z.string(),
  brief: z.string().nullable(),
  /** Why a person wanted something told again; left out where nobody did. */
  repeat: z.string().optional(),
};

export const postStatusSchema = z.object({
  id: documentId,
  account: z.string(),
  batchId: documentId,
  planner: z.string(),
  contentFormat: z.string().meta({ examples: [...FORMAT_NAMES] }),
  offline: z.boolean(),
  status: postState,
  gate,
  revision: count,
  ...publicWords,
  plan,
  ...order,
  pipeline: z.array(pipelineRow),
  costUsd: dollarsField,
  unknownUsd: dollarsField,
  /** What the media provider billed so far, once `costs reconcile` has asked it. The archive knows it, a workflow never. */
  billedUsd: dollarsField.optional(),
  /** The house style held against the draft as it is now, and what the plan missed; of a plan alone only misses. */
  checks: z.array(z.object({ rule: z.string(), ok: z.boolean(), detail: z.string().nullable() })),
  review: z.array(reviewEntry),
  publications: z.array(publication),
  texts: targetTextsSchema.optional().meta({
    description: 'What goes out at each target that takes no whole post',
  }),
  slot: time.nullable(),
  createdAt: time,
  publishedAt: time.nullable(),
  error: statusError.nullable(),
});
export type PostStatus = Frozen<z.infer<typeof postStatusSchema>>;

/** A post as its batch knows it, from what the post last said. */
const batchPost = z.object({
  id: documentId,
  title: z.string(),
  contentFormat: z.string(),
  status: postState,
  gate,
  revision: count,
  costUsd: dollarsField,
  step: z.enum(STEPS).nullable(),
  error: statusError.nullable(),
});
export type BatchPost = Frozen<z.infer<typeof batchPost>>;

export const batchStatusSchema = z.object({
  id: documentId,
  account: z.string(),
  planner: z.string(),
  mix,
  ...order,
  offline: z.boolean(),
  status: batchState,
  budgetUsd: dollarsField,
  costUsd: dollarsField,
  unknownUsd: dollarsField,
  counts,
  /** The plan rows, one a page. */
  pipeline: z.array(pipelineRow),
  posts: z.array(batchPost),
  createdAt: time,
  error: statusError.nullable(),
});
export type BatchStatus = Frozen<z.infer<typeof batchStatusSchema>>;
