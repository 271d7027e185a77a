import { type Kysely, sql } from 'kysely';
import type { PublishedEdit, TargetEdit } from '../../../contract/edit.js';
import type { PipelineRow, PostStatus, ReviewEntry } from '../../../contract/status.js';
import { storable } from '../database.js';
import type { Schema } from '../schema.js';
import { changePost, changeTargetRow } from './change-post.js';
import type { Records } from './records.js';
import { writeRevisions } from './revisions.js';

export const editsIn = (db: Kysely<Schema>): Pick<Records, 'saveEdit' | 'saveTargetEdit'> => ({
  saveEdit: (given) =>
    db.transaction().execute(async (trx) => {
      const edit = storable(given);
      const after = await changePost(trx, edit.postId, (status) => {
        if (status.status !== 'published' || isNoted(status, edit)) return status;
        const edited = editedStatus(status, edit);
        // Of two edits that a rebuild finds in another order the later one counts.
        return status.revision < edit.revision ? edited : { ...status, review: edited.review };
      });
      if (after?.status !== 'published') return null;
      await writeRevisions(trx, { sequence: edit.revision, status: editedStatus(after, edit) });
      if (after.revision !== edit.revision) return after;
      const { title, body, caption, hashtags, altText, revision } = edit;
      const words = JSON.stringify({ title, body, caption, hashtags, altText, revision });
      await sql`update publications set edition = edition || ${words}::jsonb where post_id = ${edit.postId}`.execute(
        trx,
      );
      // What is searched is made from the edition, and made again where it is missing.
      for (const table of ['post_words', 'post_embeddings'] as const)
        await trx.deleteFrom(table).where('post_id', '=', edit.postId).execute();
      return after;
    }),

  saveTargetEdit: (edit) =>
    db.transaction().execute(async (trx) => {
      await changePost(trx, edit.postId, (status) => ({
        ...status,
        pipeline: changeTargetRow(status.pipeline, edit.target, (row) => noteEdit(row, storable(edit))),
      }));
    }),
});

const isNoted = ({ review }: PostStatus, { at }: PublishedEdit): boolean =>
  review.some((entry) => entry.decision === 'edit' && entry.at === at);

/** The record as the edit leaves it. */
function editedStatus(status: PostStatus, { postId: _id, by, at, ...words }: PublishedEdit): PostStatus {
  const revision = words.revision - 1;
  const entry: ReviewEntry = { decision: 'edit', by, revision, gate: null, note: null, at, counted: true };
  const review = [...status.review, entry].toSorted((one, other) => one.at.localeCompare(other.at));
  return { ...status, ...words, review, error: null, pipeline: status.pipeline.map(giveUp) };
}

const GIVEN_UP = 'not tried again, since the post was edited';

/** The workflow that would have tried it again has ended for the edit. */
const giveUp = (row: PipelineRow): PipelineRow =>
  row.step === 'publish' && row.state === 'failed' && !row.note?.endsWith(GIVEN_UP)
    ? { ...row, note: [row.note, GIVEN_UP].filter(Boolean).join('; ') }
    : row;

const OF_EARLIER = /(?:^|; )revision (\d+): [^]*$/;

/** Says on a target's row what it made of the newest edit that it heard of. */
function noteEdit(row: PipelineRow, { revision, reason }: TargetEdit): PipelineRow {
  const [, earlier = 0] = OF_EARLIER.exec(row.note ?? '') ?? [];
  if (Number(earlier) > revision) return row;
  const words = `revision ${revision}: ${reason === null ? 'edited there' : `it keeps the text of before: ${reason}`}`;
  return { ...row, note: [row.note?.replace(OF_EARLIER, ''), words].filter(Boolean).join('; ') };
}
