import { isDeepStrictEqual } from 'node:util';
import { sumNano, toNano } from '../../contract/money/nano.js';
import { isFinal, type MediaStep } from '../../contract/states.js';
import type { Books, OwnedCharge } from './books.js';

const known = (charges: readonly OwnedCharge[]): number =>
  sumNano(charges.filter(({ basis }) => basis !== 'unknown').map(({ amount }) => amount));
const unknown = (charges: readonly OwnedCharge[]): number =>
  sumNano(charges.filter(({ basis }) => basis === 'unknown').map(({ amount }) => amount));
const billedFor = (ledger: Books['ledger'], isOf: (requestId: string) => boolean): number =>
  sumNano(ledger.flatMap(({ requestId, amountNano }) => (isOf(requestId) ? amountNano : [])));
const MEDIA: readonly MediaStep[] = ['hero_image', 'video'];

/** What in the books is not as it must be after any kills, one line each. */
export const AUDIT = {
  'ends: every batch is done and every post at its end': unendedIn,
  'pays: every answer of the model is a charge to the nano-dollar, or a lost reply that is unknown':
    textProblems,
  'pays: one job for each picture or clip that was asked for, and one charge for each job': mediaProblems,
  'adds up: the known charges are the ledger less the lost replies, on the records as in the archive':
    totalProblems,
  'publishes: each post once to its target, and once in the feed': publicationProblems,
  "remembers: every person's word that Temporal took is on the record, counted or dropped with the reason":
    wordProblems,
  'records: the archive has what each workflow ended with': resultProblems,
  'holds no money back for what has ended': ({ held }: Books): readonly string[] => held,
} satisfies Record<string, (books: Books) => readonly string[]>;

function unendedIn({ posts, batches }: Books): string[] {
  const count = sumNano(batches.flatMap(({ mix }) => Object.values(mix)));
  return [
    ...posts
      .filter(({ status }) => !isFinal(status))
      .map(({ id, status }) => `post ${id} is still ${status}`),
    ...batches
      .filter(({ status }) => status !== 'done')
      .map(({ id, status }) => `batch ${id} is still ${status}`),
    ...(posts.length === count ? [] : [`${count} posts were asked for, ${posts.length} are there`]),
  ];
}

/** Every answer of the model was paid for: it is a known charge to the nano-dollar, or its reply was lost and it is unknown. */
function textProblems({ ledger, asked, charges }: Books): string[] {
  const keyOf = new Map(asked.map(({ key, requestId }) => [requestId, key]));
  const chargeOf = new Map(charges.map((charge) => [charge.key, charge]));
  const billed = ledger.filter(({ provider }) => provider === 'openai');
  const ids = new Set(billed.map(({ requestId }) => requestId));
  return [
    ...billed.flatMap(({ requestId, amountNano, model }) => {
      const key = keyOf.get(requestId);
      const charge = key && chargeOf.get(key);
      if (!charge) return [`${requestId}: ${amountNano} for ${model} (${key}) has no charge`];
      if (charge.basis === 'unknown') return [];
      if (charge.requestId === requestId && charge.amount === amountNano) return [];
      return [
        `${key}: ${amountNano} was billed for ${requestId}, the charge says ${charge.amount} for ${charge.requestId}`,
      ];
    }),
    ...charges
      .filter(({ provider, basis }) => provider !== 'fal' && basis !== 'unknown')
      .filter(({ requestId }) => !ids.has(String(requestId)))
      .map(({ key, requestId }) => `${key}: ${requestId} was never billed`),
  ];
}

/** One job for each picture or clip that was asked for, and one charge for each job. */
function mediaProblems({ ledger, jobs, charges, posts, assets }: Books): string[] {
  const media = charges.filter(({ provider }) => provider === 'fal');
  const problems: string[] = [];
  for (const job of jobs) {
    const billed = billedFor(ledger, (id) => id === job);
    const own = media.filter(({ requestId }) => requestId === job);
    if (own.length !== 1 || own[0]?.amount !== billed || own[0]?.basis === 'unknown')
      problems.push(`job ${job}: ${billed} was billed, the charges are ${JSON.stringify(own)}`);
  }
  for (const { key, requestId, basis } of media) {
    if (basis !== 'unknown' && !jobs.includes(String(requestId))) problems.push(`${key}: no such job`);
  }
  for (const post of posts) {
    for (const step of MEDIA) {
      const rows = post.pipeline.filter((row) => row.step === step && row.state === 'done');
      const paid = media.filter((one) => one.postId === post.id && one.step === step && one.requestId);
      if (paid.length !== rows.length)
        problems.push(`post ${post.id}: ${rows.length} done rows of ${step}, ${paid.length} paid jobs`);
      for (const { asset } of rows) {
        if (!asset || !assets.includes(asset))
          problems.push(`post ${post.id}: its file ${asset} is not there`);
      }
    }
  }
  const named = posts.flatMap(({ pipeline }) => pipeline.flatMap(({ asset }) => asset ?? []));
  const orphans = assets.filter((name) => !named.includes(name));
  return [...problems, ...orphans.map((name) => `${name} belongs to no post`)];
}

/** All known charges are the bill less the lost replies; and query, archive and batch say the same. */
function totalProblems({ ledger, asked, charges, posts, batches }: Books): string[] {
  const unknownKeys = new Set(charges.filter(({ basis }) => basis === 'unknown').map(({ key }) => key));
  const lostIds = new Set(asked.filter(({ key }) => unknownKeys.has(key)).map(({ requestId }) => requestId));
  const billed = billedFor(ledger, () => true);
  const lost = billedFor(ledger, (id) => lostIds.has(id));
  const problems: string[] = [];
  if (known(charges) !== billed - lost)
    problems.push(
      `the ledger says ${billed}, of which ${lost} were lost replies; the charges say ${known(charges)}`,
    );
  const compare = (
    what: string,
    status: { costUsd: number; unknownUsd: number },
    own: OwnedCharge[],
  ): void => {
    if (toNano(status.costUsd) !== known(own) || toNano(status.unknownUsd) !== unknown(own))
      problems.push(
        `${what} says ${status.costUsd} and ${status.unknownUsd} unknown, its charges ${known(own)} and ${unknown(own)}`,
      );
  };
  const chargesBy = (whose: 'postId' | 'batchId', id: string): OwnedCharge[] =>
    charges.filter((charge) => charge[whose] === id);
  for (const post of posts) compare(`post ${post.id}`, post, chargesBy('postId', post.id));
  for (const batch of batches) compare(`batch ${batch.id}`, batch, chargesBy('batchId', batch.id));
  return problems;
}

function publicationProblems({ posts, publications, feed }: Books): string[] {
  return posts.flatMap((post) => {
    const expected = post.status === 'published' ? 1 : 0;
    const stored = publications.filter(({ postId }) => postId === post.id).length;
    const shown = feed.filter((id) => id === post.id).length;
    const told = post.publications.length;
    if ([stored, shown, told].every((times) => times === expected)) return [];
    return [
      `post ${post.id}, ${post.status}: ${stored} publications, ${shown} in the feed, ${told} on its record`,
    ];
  });
}

/**
 * A word that Temporal took is on the record of each of its posts once. It counted, or was dropped with the reason: that
 * another word about the same revision had come first, one whose sender did not hear that it was taken.
 */
function wordProblems({ words, posts }: Books): string[] {
  const byId = new Map(posts.map((post) => [post.id, post]));
  return words.flatMap(({ by, taken, postIds }) =>
    postIds.flatMap((id) => {
      const review = byId.get(id)?.review ?? [];
      const own = review.filter((entry) => entry.by === by);
      if (own.length > 1 || (taken && own.length === 0))
        return [`${by} of post ${id} is ${own.length} times on its record`];
      const [entry] = own;
      if (!entry || entry.counted) return [];
      const beaten = review.some(({ counted, revision }) => counted && revision === entry.revision);
      const isHonest = /^dropped: ./.test(entry.note ?? '') && beaten;
      return isHonest ? [] : [`${by} of post ${id}: ${entry.note}`];
    }),
  );
}

function resultProblems({ posts, results }: Books): string[] {
  return posts.flatMap((post) => {
    const result = results.find(({ id }) => id === post.id);
    return isDeepStrictEqual(result, post) ? [] : [`post ${post.id}: its workflow ended with another record`];
  });
}
