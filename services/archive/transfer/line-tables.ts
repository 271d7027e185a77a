import type { z } from 'zod';
import type { Schema } from '../schema.js';
import { batches, bills, charges, citations, posts, publications } from '../tables.js';

/** A table as it stands in a dump. */
export interface LineTable {
  readonly name: keyof Schema;
  /** Its primary key, which is the order of the dump. */
  readonly key: readonly [string, ...string[]];
  readonly row: z.ZodObject;
  /** Whether a row with a later `sequence` replaces an earlier one; else the first one stays. */
  readonly replaced: boolean;
}

/** In the order in which they stand in a dump. */
export const LINE_TABLES: readonly LineTable[] = [
  { name: 'batches', key: ['id'], row: batches, replaced: true },
  { name: 'posts', key: ['id'], row: posts, replaced: true },
  { name: 'charges', key: ['key'], row: charges, replaced: false },
  { name: 'publications', key: ['post_id', 'target'], row: publications, replaced: false },
  { name: 'citations', key: ['chat_id', 'turn', 'post_id'], row: citations, replaced: false },
  { name: 'bills', key: ['key'], row: bills, replaced: false },
];
