import type { Kysely } from 'kysely';
import { bringCharges } from '../ledger/bring-charges.js';
import { NOW } from '../now.js';
import type { Schema } from '../schema.js';
import { storable } from '../storable.js';
import { postRow } from './post-row.js';
import type { Records } from './records.js';
import { writeRevisions } from './revisions.js';

type Posts = Pick<Records, 'savePost' | 'findPost'>;

export const postsIn = (db: Kysely<Schema>): Posts => ({
  /**
   * The charges, then the post and its revisions; an older sequence adds only its charges and the revisions that are not there.
   * May be repeated, so it needs no transaction.
   */
  async savePost(record) {
    const saved = storable(record);
    const otherwise = await bringCharges(db, saved.charges, { ...saved.status, postId: saved.status.id });
    await db
      .insertInto('posts')
      .values(postRow(saved))
      .onConflict((conflict) =>
        conflict
          .column('id')
          .doUpdateSet((eb) => ({
            title: eb.ref('excluded.title'),
            status: eb.ref('excluded.status'),
            gate: eb.ref('excluded.gate'),
            revision: eb.ref('excluded.revision'),
            cost: eb.ref('excluded.cost'),
            unknown: eb.ref('excluded.unknown'),
            offline: eb.ref('excluded.offline'),
            sequence: eb.ref('excluded.sequence'),
            status_since: eb
              .case()
              .when('posts.status', '=', eb.ref('excluded.status'))
              .then(eb.ref('posts.status_since'))
              .else(eb.ref('excluded.status_since'))
              .end(),
            published_at: eb.ref('excluded.published_at'),
            reminded_at: eb.ref('excluded.reminded_at'),
            changed_at: NOW,
            doc: eb.ref('excluded.doc'),
          }))
          .whereRef('posts.sequence', '<', 'excluded.sequence'),
      )
      .execute();
    await writeRevisions(db, saved);
    return otherwise;
  },

  async findPost(id) {
    const row = await db.selectFrom('posts').select('doc').where('id', '=', id).executeTakeFirst();
    return row?.doc ?? null;
  },
});
