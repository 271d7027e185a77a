import { z } from 'zod';
import {
  SAMPLES,
  type Account,
  type ChatRules,
  type Freshness,
  type ReviewRules,
  type Webhook,
} from '../../contract/account.js';
import { duration } from './duration-schema.js';
import { GATES } from '../../contract/states.js';
import { WEBHOOK_TYPES } from '../../contract/webhooks.js';
import { isFetchable } from '../../contract/address.js';
import { isTimeZone } from '../../contract/time.js';
import { slotsFile, toSlots } from './slots-schema.js';
import { variableProblem } from './secret-variable.js';
import { targetsFile } from './targets-schema.js';
import { usd } from './usd-schema.js';

/** The key `chat` of an account file. */
const chatFile = z
  .strictObject({ enabled: z.boolean().default(true), dailyBudget: usd.prefault(1) })
  .optional();

/** Null for an account that answers nobody. */
const toChatRules = (file: z.output<typeof chatFile>): ChatRules | null => file ?? null;

/** The key `freshness` of an account file. */
const freshnessFile = z
  .strictObject({
    similarity: z.number().min(0.05).max(1).default(0.5),
    lookBack: duration.prefault('90d'),
  })
  .prefault({});

const toFreshness = ({ similarity, lookBack }: z.output<typeof freshnessFile>): Freshness => ({
  similarity,
  lookBackMs: lookBack,
});

/** The key `review` of an account file. */
const reviewFile = z
  .strictObject({
    gates: z.array(z.enum(GATES)).min(1).max(GATES.length).default(['publish']),
    remindAfter: duration.optional(),
    expireAfter: duration.optional(),
  })
  .superRefine(({ remindAfter, expireAfter }, context) => {
    if (remindAfter === undefined || expireAfter === undefined || expireAfter > remindAfter) return;
    const message = 'must be longer than remindAfter, or nobody is reminded before the post expires';
    context.addIssue({ code: 'custom', path: ['expireAfter'], message });
  });

function toReviewRules(file: z.output<typeof reviewFile>): ReviewRules {
  const { gates, remindAfter = null, expireAfter = null } = file;
  return {
    gates: GATES.filter((gate) => gates.includes(gate)),
    remindAfter,
    expireAfter,
  };
}

const webhook = z.strictObject({
  url: z.string().refine(isFetchable, 'must be an http or https address without a user name'),
  // The message does not repeat the value, which may be the secret itself.
  secret: z.string().superRefine((value, context) => {
    const message = variableProblem(value, 'DESK_SECRET');
    if (message !== null) context.addIssue({ code: 'custom', message });
  }),
  events: z.array(z.enum(WEBHOOK_TYPES)).min(1).max(WEBHOOK_TYPES.length).optional(),
});

/** The key `webhooks` of an account file. */
const webhooksFile = z.array(webhook).max(10).default([]);

const toWebhooks = (file: z.output<typeof webhooksFile>): Webhook[] =>
  file.map(({ url, secret, events = null }) => ({ url, secretVariable: secret, events }));

/** What a planner is called in an account file. */
export const PLANNER_PATTERN = /^[a-z0-9_]{1,80}$/;

const text = (most: number) => z.string().trim().min(1).max(most);
const line = (most: number) => text(most).regex(/^[^\p{Cc}]*$/u, 'must be one line');
const count = (least: number, most: number) => z.int().min(least).max(most);

const timeZone = line(60).refine(isTimeZone, 'must be an IANA time zone such as Europe/Lisbon');
const language = line(35).refine(isLanguage, 'must be a BCP 47 language tag such as en or pt-BR');

/**
 * The endpoint of a model, which becomes part of an address: `fal-ai/flux-pro/v1.1-ultra`. Each part has a letter or a digit, so that
 * none is `..`, which would lead to another address.
 */
const model = line(120).regex(
  /^[.:-]*\w[\w.:-]*(?:\/[.:-]*\w[\w.:-]*)*$/,
  'must be a model id such as gpt-6-luna',
);

const feedAddress = z
  .string()
  .trim()
  .max(2_000)
  .refine(isFetchable, 'must be an http or https address without a user name');

const planner = z.strictObject({
  covers: text(2_000),
  guidance: text(8_000),
  feeds: z.array(feedAddress).max(20).default([]),
});

const hashtags = z
  .strictObject({ min: count(0, 30).default(3), max: count(0, 30).default(5) })
  .superRefine(({ min, max }, context) => {
    if (min > max) context.addIssue({ code: 'custom', message: `min ${min} is more than max ${max}` });
  });

const style = z.strictObject({
  title: z.strictObject({ maxCharacters: count(10, 300).default(90) }).prefault({}),
  body: z
    .strictObject({
      minParagraphs: count(1, 50).default(3),
      maxWords: count(20, 5_000).default(450),
    })
    .prefault({}),
  caption: z.strictObject({ maxCharacters: count(20, 5_000).default(240) }).prefault({}),
  hashtags: hashtags.prefault({}),
  bannedPhrases: z.array(line(200)).max(200).default([]),
  buttonLast: z.boolean().default(false),
});

/** An account file, key by key. `docs/accounts.md` explains each; a test holds the two together. */
export const accountFile = z.strictObject({
  name: line(80),
  bio: text(600),
  sample: z.boolean().default(false),
  timeZone: timeZone.default('UTC'),
  language: language.default('en'),
  record: z.enum(['desk', 'public']).default('desk'),
  voice: text(12_000),
  look: text(2_000),
  models: z
    .strictObject({
      plan: model.default('gpt-6.1-terra'),
      draft: model.default('gpt-6-luna'),
      image: model.default('fal-ai/flux-pro/v1.1-ultra'),
      video: model.default('fal-ai/kling-video/v3/pro/image-to-video'),
      chat: model.default('gpt-6-luna'),
      embedding: model.nullable().default(null),
    })
    .prefault({}),
  targets: targetsFile,
  samples: z.enum(SAMPLES).default('home'),
  slots: slotsFile,
  freshness: freshnessFile,
  disclosure: z.union([line(200), z.literal(false)]).default('Made with AI.'),
  review: reviewFile.prefault({}),
  webhooks: webhooksFile,
  chat: chatFile,
  budget: z
    .strictObject({ batch: usd.prefault(5), month: usd.optional(), confirmOver: usd.optional() })
    .prefault({}),
  style: style.prefault({}),
  planners: z
    .record(z.string().regex(PLANNER_PATTERN, 'must be 1 to 80 characters of a-z, 0-9 and _'), planner)
    .refine((planners) => Object.keys(planners).length > 0, 'must name at least one planner')
    .refine((planners) => Object.keys(planners).length <= 50, 'must not name more than 50 planners'),
});

export type AccountFile = z.output<typeof accountFile>;

/** A checked file as the account that a batch keeps. */
export function toAccount(handle: string, file: AccountFile): Account {
  const { style, slots, freshness, disclosure, review, webhooks, chat, budget, ...same } = file;
  return {
    handle,
    ...same,
    slots: toSlots(slots),
    freshness: toFreshness(freshness),
    disclosure: disclosure === false ? null : disclosure,
    review: toReviewRules(review),
    webhooks: toWebhooks(webhooks),
    chat: toChatRules(chat),
    budget: {
      batch: budget.batch,
      month: budget.month ?? null,
      confirmOver: budget.confirmOver ?? null,
    },
    style: {
      titleMaxCharacters: style.title.maxCharacters,
      bodyMinParagraphs: style.body.minParagraphs,
      bodyMaxWords: style.body.maxWords,
      captionMaxCharacters: style.caption.maxCharacters,
      hashtagsMin: style.hashtags.min,
      hashtagsMax: style.hashtags.max,
      bannedPhrases: style.bannedPhrases,
      buttonLast: style.buttonLast,
    },
  };
}

function isLanguage(tag: string): boolean {
  try {
    Intl.getCanonicalLocales(tag);
    return true;
  } catch {
    return false;
  }
}
