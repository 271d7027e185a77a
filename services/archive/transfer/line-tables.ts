import type { z } from 'zod';
import type { Schema } from '../schema.js';
import {
  batches,
  bills,
  charges,
  chats,
  chatTurns,
  citations,
  newsOffers,
  posts,
  publications,
  revisions,
  slots,
} from '../tables.js';

/** A table as it stands in a dump. */
export interface LineTable {
  readonly name: keyof Schema;
  /** Its primary key, which is the order of the dump. */
  readonly key: readonly [string, ...string[]];
  readonly row: z.ZodObject;
  /** Whether a row with a later `sequence` replaces an earlier one; else the first one stays. */
  readonly replaced: boolean;
  /** Whether its rows say when they were last written, which no dump has. */
  readonly dated: boolean;
  /** A column that a later line fills where the row that is there has nothing in it. */
  readonly filled?: string;
  /** Whether its rows are what was said in a conversation: those of one that was deleted are left out. */
  readonly said?: boolean;
}

/** In the order in which they stand in a dump: a conversation before what was said in it. */
export const LINE_TABLES: readonly LineTable[] = [
  { name: 'batches', key: ['id'], row: batches, replaced: true, dated: true },
  { name: 'posts', key: ['id'], row: posts, replaced: true, dated: true },
  { name: 'revisions', key: ['post_id', 'revision'], row: revisions, replaced: true, dated: false },
  { name: 'charges', key: ['key'], row: charges, replaced: false, dated: false },
  {
    name: 'publications',
    key: ['post_id', 'target'],
    row: publications,
    replaced: false,
    dated: false,
    filled: 'removed_at',
  },
  {
    name: 'chats',
    key: ['id'],
    row: chats,
    replaced: false,
    dated: false,
    filled: 'deleted_at',
  },
  { name: 'chat_turns', key: ['chat_id', 'turn'], row: chatTurns, replaced: false, dated: false, said: true },
  {
    name: 'citations',
    key: ['chat_id', 'turn', 'post_id'],
    row: citations,
    replaced: false,
    dated: false,
    said: true,
  },
  { name: 'bills', key: ['key'], row: bills, replaced: false, dated: false },
  { name: 'slots', key: ['post_id'], row: slots, replaced: true, dated: false },
  {
    name: 'news_offers',
    key: ['batch_id', 'url_key'],
    row: newsOffers,
    replaced: false,
    dated: false,
    filled: 'post_id',
  },
];
