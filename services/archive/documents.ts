import { z } from 'zod';
import type { Account } from '../../contract/account.js';
import type { Mix } from '../../contract/mix.js';
import {
  BATCH_STATES,
  DECISION_KINDS,
  GATES,
  POST_STATES,
  STEPS,
  STEP_STATES,
} from '../../contract/states.js';
import { MISSED, WEEKDAYS } from '../../contract/slots.js';
import type { Target } from '../../contract/targets/target.js';
import { isTimeZone, parseIsoTime } from '../../contract/time.js';
import { WEBHOOK_TYPES } from '../../contract/webhooks.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';

/**
 * The documents in the rows, as far as their readers rely on them; what they hold beyond that is kept. The contract states
 * them as types, since workflows load it and must not load zod: where the two part, `z.ZodType<…>` does not compile.
 */

const text = z.string();
const maybeText = z.string().nullable();
const count = z.int().nonnegative();
const usd = z.number();
export const time = z
  .string()
  .refine((value) => parseIsoTime(value) !== null, 'expected an ISO 8601 time with its zone');
export const nano = z.int();
const postState = z.enum(POST_STATES);
const gate = z.enum(GATES).nullable();
const step = z.enum(STEPS);
export const mixSchema: z.ZodType<Mix> = z.record(z.string(), z.int().positive());

const error = z.looseObject({ type: text, message: text, requestId: maybeText }).nullable();

const pipeline = z.array(
  z.looseObject({
    step,
    label: text,
    target: text.optional(),
    state: z.enum(STEP_STATES),
    provider: maybeText,
    model: maybeText,
    asset: maybeText,
    costUsd: usd,
    apiSeconds: z.number().nullable(),
    attempts: count,
    at: time.nullable(),
    note: text.optional(),
    offline: z.literal(true).optional(),
  }),
);

const plan = z.looseObject({
  topic: text,
  angle: text,
  rationale: text,
  newsPeg: maybeText,
  newsUrl: maybeText.optional(),
  button: text,
});

const reviewEntry = z.looseObject({
  decision: z.enum(DECISION_KINDS),
  by: text,
  revision: count,
  gate,
  note: maybeText,
  at: time,
  counted: z.boolean(),
});

export const targetTextsSchema = z.array(
  z.looseObject({ target: text, text, own: z.boolean(), left: z.array(text) }),
);

export const postStatusSchema: z.ZodType<PostStatus> = z.looseObject({
  id: text,
  account: text,
  batchId: text,
  planner: text,
  contentFormat: text,
  offline: z.boolean(),
  status: postState,
  gate,
  revision: count,
  title: text,
  plan,
  specialMessage: text,
  brief: maybeText,
  repeat: text.optional(),
  body: maybeText,
  caption: text,
  hashtags: z.array(text),
  altText: text,
  pipeline,
  costUsd: usd,
  unknownUsd: usd,
  checks: z.array(z.looseObject({ rule: text, ok: z.boolean(), detail: maybeText })),
  review: z.array(reviewEntry),
  publications: z.array(
    z.looseObject({ target: text, url: text, at: time, removedAt: time.nullable().default(null) }),
  ),
  texts: targetTextsSchema.optional(),
  slot: maybeText,
  createdAt: time,
  publishedAt: time.nullable(),
  error,
});

const batchPost = z.looseObject({
  id: text,
  title: text,
  contentFormat: text,
  status: postState,
  gate,
  revision: count,
  costUsd: usd,
  step: step.nullable(),
  error,
});

export const batchStatusSchema: z.ZodType<BatchStatus> = z.looseObject({
  id: text,
  account: text,
  planner: text,
  mix: mixSchema,
  specialMessage: text,
  brief: maybeText,
  repeat: text.optional(),
  offline: z.boolean(),
  status: z.enum(BATCH_STATES),
  budgetUsd: usd,
  costUsd: usd,
  unknownUsd: usd,
  counts: z.partialRecord(postState, count),
  pipeline,
  posts: z.array(batchPost),
  createdAt: time,
  error,
});

const maybeNano = nano.nullish();

const target: z.ZodType<Target> = z.looseObject({
  kind: text,
  name: text,
  settings: z.record(z.string(), z.string()),
});

const times = z.array(text.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "expected times such as '09:00'"));
const slots = z.looseObject({ week: z.partialRecord(z.enum(WEEKDAYS), times), missed: z.enum(MISSED) });

export const account: z.ZodType<Account> = z.looseObject({
  handle: text,
  name: text,
  bio: text,
  sample: z.boolean(),
  timeZone: text.refine(isTimeZone, 'expected an IANA time zone such as Europe/Lisbon'),
  language: text,
  record: z.enum(['public', 'desk']),
  voice: text,
  look: text,
  planners: z.record(text, z.looseObject({ covers: text, guidance: text })),
  style: z.looseObject({
    titleMaxCharacters: count,
    bodyMinParagraphs: count,
    bodyMaxWords: count,
    captionMaxCharacters: count,
    hashtagsMin: count,
    hashtagsMax: count,
    bannedPhrases: z.array(text),
    buttonLast: z.boolean(),
  }),
  models: z.looseObject({ plan: text, draft: text, image: text, video: text }),
  targets: z.array(target),
  slots: slots.nullish(),
  freshness: z.looseObject({ similarity: z.number(), lookBackMs: z.number() }).optional(),
  disclosure: maybeText.optional(),
  review: z.looseObject({
    gates: z.array(z.enum(GATES)),
    remindAfter: z.number().nullable(),
    expireAfter: z.number().nullable(),
    webhook: z.looseObject({ url: text, secretVariable: text }).nullish(),
  }),
  webhooks: z
    .array(
      z.looseObject({ url: text, secretVariable: text, events: z.array(z.enum(WEBHOOK_TYPES)).nullable() }),
    )
    .optional(),
  budget: z.looseObject({ batch: nano, month: maybeNano, confirmOver: maybeNano }),
});

export const editionSchema: z.ZodType<Edition> = z.looseObject({
  postId: text,
  account: text,
  revision: count,
  contentFormat: text,
  title: text,
  body: maybeText,
  caption: text,
  hashtags: z.array(text),
  altText: text,
  assets: z.array(text),
});
