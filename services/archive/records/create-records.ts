import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { accountsIn } from './accounts.js';
import { batchesIn } from './batches.js';
import { changesIn } from './changes.js';
import { postListIn } from './post-list.js';
import { postsIn } from './posts.js';
import { publicationsIn } from './publications.js';
import { recentPostsIn } from './recent-posts.js';
import type { Records } from './records.js';
import { revisionsIn } from './revisions.js';
import { unpublishIn } from './unpublish.js';

export const createRecords = (db: Kysely<Schema>): Records => ({
  ...batchesIn(db),
  ...postsIn(db),
  ...postListIn(db),
  ...recentPostsIn(db),
  ...changesIn(db),
  ...revisionsIn(db),
  ...accountsIn(db),
  ...publicationsIn(db),
  ...unpublishIn(db),
});
