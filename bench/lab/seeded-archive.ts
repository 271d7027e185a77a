import type { Archive } from '../../services/archive/archive.js';
import type { BatchPost, PostStatus } from '../../contract/status.js';
import type { Charge } from '../../contract/money/charge.js';
import type { Account } from '../../contract/account.js';
import { sampleBatch, samplePost } from '../../desk/testing/samples.js';

const POSTS_A_BATCH = 100;
const MINUTE_MS = 60_000;

export interface Seed {
  readonly posts: number;
  /** How many of them wait for a person. */
  readonly waiting: number;
}

/** What a seeded archive holds, for who asks for its pages. */
export interface Seeded {
  readonly published: string;
  readonly waiting: string;
  readonly batch: string;
}

/** Fills an archive as the workflows would: batches of a hundred posts, each with its text, pipeline, checks and charges. */
export async function seedArchive(
  archive: Archive,
  account: Account,
  { posts, waiting }: Seed,
): Promise<Seeded> {
  const planner = Object.keys(account.planners)[0]!;
  const every = Math.floor(posts / waiting);
  const end = Date.now();
  for (let index = 0; index < posts; index += 1) {
    const batch = Math.floor(index / POSTS_A_BATCH);
    const createdAt = new Date(end - (posts - index) * MINUTE_MS).toISOString();
    const isWaiting = index % every === every - 1;
    if (index % POSTS_A_BATCH === 0) await saveBatch(archive, account, batch, createdAt);
    const status = post({ index, batch, createdAt, isWaiting, account: account.handle, planner });
    await archive.records.savePost({ sequence: 1, status, charges: chargesOf(status) });
    if (!isWaiting) await publish(archive, status);
  }
  return { published: postId(0), waiting: postId(every - 1), batch: batchId(0) };
}

const postId = (index: number): string => `SeedPost${String(index).padStart(4, '0')}`;
const batchId = (index: number): string => `SeedBatch${String(index).padStart(3, '0')}`;

function saveBatch(archive: Archive, account: Account, batch: number, createdAt: string) {
  const posts = Array.from({ length: POSTS_A_BATCH }, (_, index): BatchPost => ({
    id: postId(batch * POSTS_A_BATCH + index),
    title: titleOf(index),
    contentFormat: 'hero_text',
    status: 'published',
    gate: null,
    revision: 1,
    costUsd: 0.0642,
    step: null,
    error: null,
  }));
  const mix = { hero_text: POSTS_A_BATCH };
  const status = sampleBatch({
    id: batchId(batch),
    account: account.handle,
    planner: Object.keys(account.planners)[0]!,
    mix,
    posts,
    createdAt,
    status: 'done',
    counts: { published: POSTS_A_BATCH },
  });
  return archive.records.saveBatch({ sequence: 1, status, account, charges: [] });
}

const titleOf = (index: number): string => `What the ${index}th price list says about caching, read slowly`;

const PARAGRAPH =
  'The bill came to four hundred dollars, and nobody could say for what. Two cents a call is nothing. Two cents a call, eleven calls a ticket, forty thousand tickets is a salary. ';

function post(of: {
  index: number;
  batch: number;
  createdAt: string;
  isWaiting: boolean;
  account: string;
  planner: string;
}): PostStatus {
  const { index, createdAt, isWaiting } = of;
  return samplePost(postId(index), {
    account: of.account,
    planner: of.planner,
    batchId: batchId(of.batch),
    createdAt,
    title: titleOf(index),
    body: Array.from({ length: 5 }, () => PARAGRAPH.repeat(2)).join('\n\n'),
    checks: ['title.length', 'body.words', 'caption.length', 'hashtags', 'banned'].map((rule) => ({
      rule,
      ok: true,
      detail: null,
    })),
    ...(isWaiting
      ? { status: 'awaiting_approval', gate: 'publish', review: [], publishedAt: null }
      : { publishedAt: createdAt }),
  });
}

const chargesOf = ({ id, createdAt }: PostStatus): Charge[] => {
  const charge = {
    quantity: '1',
    unitPrice: null,
    requestId: null,
    prompt: null,
    offline: false,
    at: createdAt,
  };
  return [
    {
      ...charge,
      key: `${id} draft`,
      step: 'draft',
      provider: 'openai',
      model: 'gpt-6-luna',
      amount: 4_200_000,
      basis: 'priced',
      outcome: 'kept',
    },
    {
      ...charge,
      key: `${id} hero`,
      step: 'hero_image',
      provider: 'fal',
      model: 'fal-ai/flux-pro/v1.1-ultra',
      amount: 60_000_000,
      basis: 'metered',
      outcome: 'kept',
    },
  ];
};

async function publish(archive: Archive, status: PostStatus): Promise<void> {
  const { id, account, revision, contentFormat, title, body, caption, hashtags, altText } = status;
  const words = { revision, contentFormat, title, body, caption, hashtags, altText };
  const publication = {
    target: 'feed',
    url: `http://127.0.0.1/@${account}/posts/${id}`,
    at: status.publishedAt!,
  };
  await archive.records.savePublication(
    { postId: id, account, assets: [`${id}_hero.png`], ...words },
    publication,
  );
}
