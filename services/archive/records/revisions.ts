import type { Kysely } from 'kysely';
import { revisionIn, type Revision } from '../../../contract/revision.js';
import type { Schema } from '../schema.js';
import type { PostRecord, RecordedRevision, Records } from './records.js';

export const revisionsIn = (db: Kysely<Schema>): Pick<Records, 'listRevisions'> => ({
  async listRevisions(postId) {
    const rows = await db
      .selectFrom('revisions')
      .select(['revision', 'title', 'body', 'caption', 'hashtags', 'alt_text as altText'])
      .select(['texts', 'hero', 'clip', 'by', 'note', 'at'])
      .where('post_id', '=', postId)
      .orderBy('revision')
      .execute();
    return rows.map(withTexts);
  },
});

const withTexts = ({
  texts,
  ...revision
}: Omit<Revision, 'texts'> & { texts: Revision['texts'] | null }): Revision =>
  texts ? { ...revision, texts } : revision;

/**
 * Writes the revision that a record shows, and those that it carries. A later record of the same revision replaces what an
 * earlier one said of it: a picture comes after the words. May be repeated.
 */
export async function writeRevisions(
  db: Kysely<Schema>,
  { sequence, status, revisions = [] }: Pick<PostRecord, 'sequence' | 'status' | 'revisions'>,
): Promise<void> {
  const shown = revisionIn(status);
  const others = revisions.filter(({ revision }) => revision !== shown?.revision);
  const all: readonly RecordedRevision[] = shown ? [...others, shown] : others;
  if (all.length === 0) return;
  await db
    .insertInto('revisions')
    .values(all.map((revision) => rowOf(status.id, sequence, revision)))
    .onConflict((conflict) =>
      conflict
        .columns(['post_id', 'revision'])
        .doUpdateSet((eb) => ({
          sequence: eb.ref('excluded.sequence'),
          title: eb.ref('excluded.title'),
          body: eb.ref('excluded.body'),
          caption: eb.ref('excluded.caption'),
          hashtags: eb.ref('excluded.hashtags'),
          alt_text: eb.ref('excluded.alt_text'),
          hero: eb.ref('excluded.hero'),
          clip: eb.ref('excluded.clip'),
          texts: eb.ref('excluded.texts'),
          by: eb.ref('excluded.by'),
          note: eb.ref('excluded.note'),
          at: eb.ref('excluded.at'),
        }))
        .whereRef('revisions.sequence', '<', 'excluded.sequence'),
    )
    .execute();
}

const rowOf = (
  postId: string,
  sequence: number,
  { altText, hashtags, texts, ...revision }: RecordedRevision,
) => ({
  sequence,
  ...revision,
  post_id: postId,
  hashtags: JSON.stringify(hashtags),
  texts: texts ? JSON.stringify(texts) : null,
  alt_text: altText,
});
