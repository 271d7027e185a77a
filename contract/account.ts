/** An account as its batch keeps it. How a person writes it is `config/accounts/schema.ts`. */
import { z } from 'zod';
import { count, nano, type Frozen } from './document.js';
import { MISSED, WEEKDAYS } from './slot-moments.js';
import { GATES } from './states.js';
import { isTimeZone } from './time.js';
import { WEBHOOK_TYPES } from './webhooks.js';

const text = z.string();

/** A beat of an account. */
const planner = z.object({
  /** What it covers, for the model and for people. */
  covers: text,
  /** How it should choose and argue. */
  guidance: text,
  /** Addresses of news feeds that it reads before it plans; none when left out. */
  feeds: z.array(text).optional(),
});
export type Planner = Frozen<z.infer<typeof planner>>;

/** What every draft is held against by pure rules, after the model: `contract/checks.ts`. */
const houseStyle = z.object({
  titleMaxCharacters: count,
  bodyMinParagraphs: count,
  bodyMaxWords: count,
  captionMaxCharacters: count,
  hashtagsMin: count,
  hashtagsMax: count,
  /** Phrases that must not appear, in any case. */
  bannedPhrases: z.array(text),
  /** Whether the piece is checked for landing on its button in the last paragraph. */
  buttonLast: z.boolean(),
});
export type HouseStyle = Frozen<z.infer<typeof houseStyle>>;

const models = z.object({
  plan: text,
  draft: text,
  image: text,
  video: text,
  /** Answers readers; left out where nobody asks. */
  chat: text.optional(),
  /** Compares questions with posts by their meaning; null, as when left out, for words alone. */
  embedding: text.nullish(),
});
export type Models = Frozen<z.infer<typeof models>>;

/**
 * Where an account publishes. Plain data, since a batch keeps it and a workflow hands it to its activities: what is secret is the
 * name of an environment variable of the worker that publishes.
 */
const target = z.object({
  /** A name of the registry: `feed`, `bluesky`, … */
  kind: text,
  /** Tells two of a kind apart, and is what a publication, a publish row and `error` call it. The kind when the file says no other. */
  name: text,
  /** By the keys of its kind. */
  settings: z.record(text, text),
});
export type Target = Frozen<z.infer<typeof target>>;

/** Where posts go that a stand-in made some of: to the feed alone, or to every target. */
export const SAMPLES = ['home', 'publish'] as const;

/** The moments of an account's week at which one post each goes out, in the account's time zone. */
const slots = z.object({
  /** Times as `HH:MM`, in their order. */
  week: z.partialRecord(
    z.enum(WEEKDAYS),
    z.array(text.regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "expected times such as '09:00'")),
  ),
  missed: z.enum(MISSED),
});
export type Slots = Frozen<z.infer<typeof slots>>;

/** How new a planned post must be beside what the account has published and rejected. */
const freshness = z.object({
  /** The share of shingles, 0 to 1, from which two posts count as the same. */
  similarity: z.number(),
  /** How far back is looked, in ms. */
  lookBackMs: z.number(),
});
export type Freshness = Frozen<z.infer<typeof freshness>>;

/** Where and for how long a person is waited for. */
const reviewRules = z.object({
  /** At least one, in the order in which they open. */
  gates: z.array(z.enum(GATES)),
  /** How long a gate is open before a person is reminded, and reminded again, in ms; null for never. */
  remindAfter: z.number().nullable(),
  /** How long a gate is open before the post expires, in ms; null for never. */
  expireAfter: z.number().nullable(),
});
export type ReviewRules = Frozen<z.infer<typeof reviewRules>>;

/** Who hears of what happens. */
const webhook = z.object({
  url: text,
  /** The environment variable of the worker that holds the secret which signs. */
  secretVariable: text,
  /** What it hears of; null for everything. */
  events: z.array(z.enum(WEBHOOK_TYPES)).nullable(),
});
export type Webhook = Frozen<z.infer<typeof webhook>>;

/** What may be spent, and what a person is asked about first. Nano-USD. */
const budgets = z.object({
  /** Of each batch that names none of its own. */
  batch: nano,
  /** Of the account in a calendar month of UTC; null, as when left out, for no limit. */
  month: nano.nullish(),
  /** A single step that is expected to cost more waits for a person; null, as when left out, for never. */
  confirmOver: nano.nullish(),
});
export type Budgets = Frozen<z.infer<typeof budgets>>;

/** Whether and for how much money readers may ask the account. */
const chatRules = z.object({
  enabled: z.boolean(),
  /** Of a calendar day of UTC, nano-USD. */
  dailyBudget: nano,
});
export type ChatRules = Frozen<z.infer<typeof chatRules>>;

/** Who may see the whole record (plan, pipeline, cost, chat references) of a published post. */
const recordVisibility = z.enum(['public', 'desk']);

/** A persona that publishes. A batch keeps it as it was at its start. */
export const accountSchema = z.object({
  /** The handle, which is the file's name without `.yaml`. */
  handle: text,
  name: text,
  bio: text,
  /** A sample of ours, shown as such. */
  sample: z.boolean(),
  /** For the times on its pages. */
  timeZone: text.refine(isTimeZone, 'expected an IANA time zone such as Europe/Lisbon'),
  /** BCP 47 tag of the language it writes. */
  language: text,
  record: recordVisibility,
  voice: text,
  /** How its pictures look; part of every picture's prompt. */
  look: text,
  planners: z.record(text, planner),
  style: houseStyle,
  models,
  targets: z.array(target),
  /** `home` when left out. */
  samples: z.enum(SAMPLES).optional(),
  /** Null, as when left out, for none: what is approved goes out at once. */
  slots: slots.nullish(),
  /** Nothing is held against what was told when left out. */
  freshness: freshness.optional(),
  /** What is said, where a target has room, of how its posts are made; null, as when left out, for nothing. */
  disclosure: text.nullish(),
  review: reviewRules,
  /** Nobody hears of anything when left out. */
  webhooks: z.array(webhook).optional(),
  budget: budgets,
  /** Null, as when left out, for no chat. */
  chat: chatRules.nullish(),
});
export type Account = Frozen<z.infer<typeof accountSchema>>;
