import { z } from 'zod';
import { ASSET_PATTERN, HANDLE_PATTERN } from '../../contract/ids.js';
import { CHARGE_BASES, CHARGE_OUTCOMES } from '../../contract/money/charge.js';
import { TURN_OUTCOMES } from '../../contract/chat.js';
import { BATCH_STATES, CHARGE_STEPS, GATES, POST_STATES } from '../../contract/states.js';
import { accountSchema } from '../../contract/account.js';
import { count, documentId as id, mix, nano, time } from '../../contract/document.js';
import { batchStatusSchema, postStatusSchema, targetTextsSchema } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';

/**
 * The columns of each table that is exported: `schema.ts` has their types from here, and a line of an import is held to
 * them. A migration that adds a column adds it here.
 */

const text = z.string();
/** What may stand in an index, whose rows PostgreSQL keeps under 2,700 bytes. */
const indexed = text.max(500);
const name = indexed.min(1);
const account = text.regex(HANDLE_PATTERN, 'expected 1 to 30 characters of a-z, 0-9 and _');
const asset = text.regex(ASSET_PATTERN, 'expected the name of an asset such as UpkTZ26nc9Eb_hero.png');
const sequence = z.int();
/** Ten thousand dollars either way: as many such as an archive can hold still add up to what the database can count. */
const amount = nano.min(-1e13).max(1e13);

/** Holds a document to its schema and keeps all of it: what it has beyond that is a later version's. */
const document = <T>(schema: z.ZodType<T>) =>
  z.unknown().superRefine((value, context) => {
    for (const issue of schema.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
  }) as unknown as z.ZodType<T>;

/** Refuses a row whose document says otherwise what a column says too: pages go by the document. @param pairs by path, the columns */
const agrees =
  (pairs: Readonly<Record<string, string>>) =>
  (row: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void => {
    for (const [path, column] of Object.entries(pairs)) {
      const [document = '', field = ''] = path.split('.');
      const said = (row[document] as Readonly<Record<string, unknown>> | null)?.[field];
      if (said === row[column]) continue;
      context.addIssue({
        code: 'custom',
        path: [document, field],
        message: `expected the ${column} of its row`,
      });
    }
  };

const edition: z.ZodType<Edition> = z.looseObject({
  postId: text,
  account: text,
  revision: count,
  contentFormat: text,
  title: text,
  body: text.nullable(),
  caption: text,
  hashtags: z.array(text),
  altText: text,
  assets: z.array(asset),
});

export const batches = z
  .strictObject({
    id,
    account,
    planner: name,
    mix,
    status: z.enum(BATCH_STATES),
    sequence,
    /** What its planning cost: the known charges that belong to no post. */
    plan_cost: amount,
    /** What it may spend. */
    budget: nano,
    /** What its account may spend in a calendar month of UTC as far as this batch goes; null for no limit. */
    month_budget: nano.nullable(),
    created_at: time,
    doc: document(batchStatusSchema),
    account_doc: document(accountSchema),
  })
  .superRefine(agrees({ 'doc.id': 'id', 'doc.account': 'account', 'account_doc.handle': 'account' }));

export const posts = z
  .strictObject({
    id,
    batch_id: id,
    account,
    planner: name,
    content_format: name,
    title: text,
    status: z.enum(POST_STATES),
    gate: z.enum(GATES).nullable(),
    revision: z.int32(),
    cost: amount,
    unknown: amount,
    offline: z.boolean(),
    sequence,
    /** When the archive first heard of the present status. */
    status_since: time,
    created_at: time,
    published_at: time.nullable(),
    reminded_at: time.nullable(),
    doc: document(postStatusSchema),
  })
  .superRefine(agrees({ 'doc.id': 'id', 'doc.batchId': 'batch_id', 'doc.account': 'account' }));

/** What was seen of a post at each of its revisions. */
export const revisions = z.strictObject({
  post_id: id,
  revision: z.int32(),
  /** Of the record that wrote it. */
  sequence,
  title: text,
  body: text.nullable(),
  caption: text,
  hashtags: z.array(text),
  alt_text: text,
  hero: asset.nullable(),
  clip: asset.nullable(),
  /** Null where no target has a text of its own. */
  texts: document(targetTextsSchema).nullable(),
  by: text,
  note: text.nullable(),
  at: time,
});

export const charges = z.strictObject({
  key: name,
  /** Null for the planning of the batch, and for a chat. */
  post_id: id.nullable(),
  /** Null for a chat, as the planner is. */
  batch_id: id.nullable(),
  /** Null for a batch and its posts. */
  chat_id: id.nullable(),
  account,
  planner: name.nullable(),
  step: z.enum(CHARGE_STEPS),
  provider: name,
  model: name,
  quantity: text.nullable(),
  unit_price: text.nullable(),
  amount,
  basis: z.enum(CHARGE_BASES),
  outcome: z.enum(CHARGE_OUTCOMES),
  request_id: indexed.nullable(),
  prompt: text.nullable(),
  offline: z.boolean(),
  at: time,
});

export const publications = z
  .strictObject({
    post_id: id,
    target: name,
    url: text.min(1),
    at: time,
    account,
    edition,
    /** When its target was rid of it. */
    removed_at: time.nullable(),
  })
  .superRefine(agrees({ 'edition.postId': 'post_id', 'edition.account': 'account' }));

export const citations = z.strictObject({
  chat_id: id,
  turn: z.int32(),
  post_id: id,
  question: text,
  at: time,
});

/** A conversation with an account. */
export const chats = z.strictObject({
  id,
  account,
  created_at: time,
  /** When a person deleted it, with its turns and what they cited. */
  deleted_at: time.nullable(),
});

export const chatTurns = z.strictObject({
  chat_id: id,
  turn: z.int32(),
  account,
  /** Who asked, told by a hash that leads back to nobody. */
  visitor: text,
  question: text,
  answer: text,
  outcome: z.enum(TURN_OUTCOMES),
  offline: z.boolean(),
  /** The ids of posts that were offered instead of an answer. A dump of before has none. */
  offered: z.array(id).default([]),
  at: time,
});

/** News that a batch was offered, and what came of it. */
export const newsOffers = z.strictObject({
  batch_id: id,
  url_key: name,
  id_key: indexed.nullable(),
  account,
  planner: name,
  url: text,
  title: text,
  at: time,
  /** The post that was planned with it; null for none. */
  post_id: id.nullable(),
  /** Nothing more comes of it: its batch is planned. */
  over: z.boolean(),
});

/** What a provider billed for a request: the sum of its rows, the first bill and its corrections. */
export const bills = z.strictObject({
  key: name,
  request_id: name,
  amount,
  units: text.nullable(),
  at: time,
  /** When we were told. */
  seen_at: time,
});

/** When a post goes out, or went out. */
export const slots = z.strictObject({
  post_id: id,
  account,
  /** Null once it was given back. */
  at: time.nullable(),
  /** Another post had the moment already. */
  beside: z.boolean(),
  sequence,
});
