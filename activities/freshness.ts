import type { Check } from '../contract/checks.js';
import type { RecentPost } from '../services/archive/records/records.js';
import { shinglesOf, similarityOf } from './similarity.js';

/** What a post tells, as far as another one can tell it again. */
export interface Idea {
  readonly title: string;
  readonly topic: string;
  readonly angle: string;
}

/** Something that a planned post may repeat. */
export interface ToldBefore {
  readonly title: string;
  /** The id of a post; null for one that is planned and has none yet. */
  readonly postId: string | null;
  /** What came of it, for people and the model: `published on 2026-11-20`. */
  readonly fate: string;
  readonly shingles: ReadonlySet<string>;
}

/** What a planned post is most like, at or over the account's threshold. */
export interface Repeat {
  readonly told: ToldBefore;
  /** 0 to 1: see `similarityOf`. */
  readonly similarity: number;
}

export const ideaShingles = ({ title, topic, angle }: Idea): ReadonlySet<string> =>
  shinglesOf(`${title}\n${topic}\n${angle}`);

/** What has been told already: the posts of the account lately, and the items that the batch planned before this page. */
export function toldSoFar(
  recent: readonly RecentPost[],
  planned: readonly Idea[],
  batchId: string,
): readonly ToldBefore[] {
  const known = new Set(recent.map(({ title }) => title));
  return [
    ...recent.map((post) => ({
      ...{ title: post.title, postId: post.postId },
      ...{ fate: post.batchId === batchId ? OF_THIS_BATCH : fateOf(post), shingles: ideaShingles(post) },
    })),
    ...planned.filter(({ title }) => !known.has(title)).map(ofThisBatch),
  ];
}

const OF_THIS_BATCH = 'another post of this batch';
const ofThisBatch = (idea: Idea): ToldBefore => ({
  ...{ title: idea.title, postId: null, fate: OF_THIS_BATCH, shingles: ideaShingles(idea) },
});

/** What each item repeats of what was told, or of the items before it; null for one that is fresh. */
export function repeatsIn(
  items: readonly Idea[],
  told: readonly ToldBefore[],
  threshold: number,
): readonly (Repeat | null)[] {
  const page = items.map(ofThisBatch);
  return page.map(({ shingles }, at) => {
    const most = [...told, ...page.slice(0, at)]
      .map((one) => ({ told: one, similarity: similarityOf(shingles, one.shingles) }))
      .reduce<Repeat | null>((best, one) => (best && best.similarity >= one.similarity ? best : one), null);
    return most !== null && most.similarity >= threshold ? most : null;
  });
}

/** What a repeat is told to the model, in whose place it plans something else. */
export const repeatReason = ({ title }: Idea, { told }: Repeat): string =>
  `"${title.slice(0, 80)}" repeats "${told.title.slice(0, 80)}", ${told.fate}`;

/** What a repeat is on the record: advice to the person who decides. */
export function repeatCheck({ told, similarity }: Repeat): Check {
  const id = told.postId === null ? '' : ` (${told.postId})`;
  const detail = `the plan is like "${told.title}"${id}, ${told.fate}: ${Math.round(similarity * 100)}% of its wording`;
  return { rule: 'plan.fresh', ok: false, detail };
}

const FATES: Readonly<Partial<Record<RecentPost['status'], string>>> = {
  published: 'published on',
  unpublished: 'taken back; published on',
  rejected: 'rejected on',
};

/** `published on 2026-11-20`; what is neither out nor rejected is on its way. */
export function fateOf({ status, at }: Pick<RecentPost, 'status' | 'at'>): string {
  const fate = FATES[status];
  return fate === undefined ? 'not out yet' : `${fate} ${at.slice(0, 10)}`;
}
