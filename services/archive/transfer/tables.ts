import { z } from 'zod';
import { ID_PATTERN } from '../../../contract/ids.js';
import {
  account,
  batchState,
  batchStatus,
  edition,
  gate,
  mix,
  nano,
  postState,
  postStatus,
  step,
  time,
} from './documents.js';
import type { Schema } from '../schema.js';

/** A table as it stands in a dump. */
export interface LineTable {
  readonly name: keyof Schema;
  /** Its primary key, which is the order of the dump. */
  readonly key: readonly [string, ...string[]];
  readonly row: z.ZodObject;
  /** Whether a row with a later `sequence` replaces an earlier one; else the first one stays. */
  readonly replaced: boolean;
}

const text = z.string();
/** What may stand in an index, whose rows PostgreSQL keeps under 2,700 bytes. */
const indexed = text.max(500);
const name = indexed.min(1);
const id = text.regex(ID_PATTERN, 'expected 12 characters of A-Za-z0-9');
const sequence = z.int();
/** Ten thousand dollars either way: as many such as an archive can hold still add up to what the database can count. */
const amount = nano.min(-1e13).max(1e13);

const batches = z.strictObject({
  id,
  account: name,
  planner: name,
  mix,
  status: batchState,
  sequence,
  plan_cost: amount,
  budget: nano.nullable(),
  month_budget: nano.nullable(),
  created_at: time,
  doc: batchStatus,
  account_doc: account,
});

const posts = z.strictObject({
  id,
  batch_id: id,
  account: name,
  planner: name,
  content_format: name,
  title: text,
  status: postState,
  gate: gate.nullable(),
  revision: z.int32(),
  cost: amount,
  unknown: amount,
  offline: z.boolean(),
  sequence,
  status_since: time,
  created_at: time,
  published_at: time.nullable(),
  reminded_at: time.nullable(),
  doc: postStatus,
});

const charges = z.strictObject({
  key: name,
  post_id: id.nullable(),
  batch_id: id,
  account: name,
  planner: name,
  step,
  provider: name,
  model: name,
  quantity: text.nullable(),
  unit_price: text.nullable(),
  amount,
  basis: z.enum(['priced', 'metered', 'billed', 'unknown']),
  outcome: z.enum([
    'kept',
    'refused',
    'truncated',
    'malformed',
    'rule_broken',
    'failed',
    'lost',
    'cancelled',
  ]),
  request_id: indexed.nullable(),
  prompt: text.nullable(),
  offline: z.boolean(),
  at: time,
});

const publications = z.strictObject({
  post_id: id,
  target: name,
  url: text.min(1),
  at: time,
  account: name,
  edition,
});

const citations = z.strictObject({ chat_id: id, turn: z.int32(), post_id: id, question: text, at: time });

const bills = z.strictObject({
  key: name,
  request_id: name,
  amount,
  units: text.nullable(),
  at: time,
  seen_at: time,
});

/** In the order in which they stand in a dump. */
export const LINE_TABLES: readonly LineTable[] = [
  { name: 'batches', key: ['id'], row: batches, replaced: true },
  { name: 'posts', key: ['id'], row: posts, replaced: true },
  { name: 'charges', key: ['key'], row: charges, replaced: false },
  { name: 'publications', key: ['post_id', 'target'], row: publications, replaced: false },
  { name: 'citations', key: ['chat_id', 'turn', 'post_id'], row: citations, replaced: false },
  { name: 'bills', key: ['key'], row: bills, replaced: false },
];
