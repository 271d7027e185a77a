/** What the world outside says of what was paid, made and published, to hold the archive against. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import type { Charge } from '../../contract/money/charge.js';
import { postWorkflowId } from '../../contract/ids.js';
import { postStatusQuery } from '../../contract/messages.js';
import { isFinal } from '../../contract/states.js';
import type { BatchStatus, PostStatus, Publication } from '../../contract/status.js';
import type { LedgerEntry } from '../../offline/stand-ins.js';
import { openArchive } from '../../services/archive/archive.js';
import type { Asked, Stage } from './stage.js';
import type { Word } from './people.js';

/** A charge with whose it is; a plan's belongs to no post. */
export interface OwnedCharge extends Pick<
  Charge,
  'key' | 'step' | 'provider' | 'amount' | 'basis' | 'outcome' | 'requestId'
> {
  readonly postId: string | null;
  readonly batchId: string;
}

export interface Books {
  /** The providers' own bill. */
  readonly ledger: readonly LedgerEntry[];
  /** Ids of the jobs that fal has accepted. */
  readonly jobs: readonly string[];
  /** Every paid question that was answered, whoever heard it. */
  readonly asked: readonly Asked[];
  readonly charges: readonly OwnedCharge[];
  readonly batches: readonly BatchStatus[];
  readonly posts: readonly PostStatus[];
  /** What the workflow of each post ended with. */
  readonly results: readonly PostStatus[];
  readonly publications: readonly (Publication & { readonly postId: string })[];
  /** Ids of the posts in the feed, an id for each entry. */
  readonly feed: readonly string[];
  readonly words: readonly Word[];
  /** Names in the assets' folder, but for what begins with a dot. */
  readonly assets: readonly string[];
  /** Keys of money that is still held back. */
  readonly held: readonly string[];
}

/** Reads everything, once all has come to its end. */
export async function readBooks(stage: Stage, words: readonly Word[]): Promise<Books> {
  const { scene, db, front, assetFolder } = stage;
  const docs = async <T>(table: string): Promise<T[]> =>
    (await db.query<{ doc: T }>(`select doc from ${table} order by created_at, id`)).rows.map(
      ({ doc }) => doc,
    );
  const archive = await openArchive({
    databaseUrl: scene.databaseUrl,
    folder: '',
    onWait: () => undefined,
    onLost: () => undefined,
  });
  try {
    const batches = await docs<BatchStatus>('batches');
    const held = await Promise.all(batches.map(({ id }) => archive.ledger.listHolds({ batchId: id })));
    const published = await archive.records.listPublishedPosts('ashtalksai', { limit: 10_000 });
    const { rows: charges } = await db.query<OwnedCharge & { amount: string }>(
      `select key, step, provider, amount, basis, outcome, request_id as "requestId", post_id as "postId",
         batch_id as "batchId" from charges order by at, key`,
    );
    const { rows: publications } = await db.query<Publication & { postId: string }>(
      'select post_id as "postId", target, url, at from publications',
    );
    const posts = await docs<PostStatus>('posts');
    return {
      ledger: await scene.standIns.ledger(),
      jobs: acceptedIn(join(scene.folder, 'stand-ins')),
      asked: front.asked,
      charges: charges.map((charge) => ({ ...charge, amount: Number(charge.amount) })),
      batches,
      posts,
      results: await resultsOf(scene.client, posts),
      publications,
      feed: published.map(({ edition }) => edition.postId),
      words,
      assets: readdirSync(assetFolder).filter((name) => !name.startsWith('.')),
      held: held.flat().map(({ key }) => key),
    };
  } finally {
    await archive.close();
  }
}

/** Of posts that have come to their end. */
async function resultsOf(client: Client, posts: readonly PostStatus[]): Promise<PostStatus[]> {
  const results: PostStatus[] = [];
  for (const { id, status } of posts) {
    if (!isFinal(status)) continue;
    const post = client.workflow.getHandle(postWorkflowId(id));
    const result = await client.withDeadline(Date.now() + 60_000, async () => {
      await post.result();
      return post.query(postStatusQuery);
    });
    results.push(result);
  }
  return results;
}

function acceptedIn(folder: string): string[] {
  const lines = readFileSync(join(folder, 'jobs.jsonl'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const event = JSON.parse(line) as { type: string; job?: { id: string } };
    return event.type === 'accepted' && event.job ? [event.job.id] : [];
  });
}
