import type { Account } from '../../contract/account.js';
import { ASSET_PATTERN, ID_PATTERN } from '../../contract/ids.js';
import { toUsd } from '../../contract/money/nano.js';
import { isBatchFinal, isFinal } from '../../contract/states.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import type { CitingTurn, PublishedPost } from '../../services/archive/records/records.js';
import type { DeskDeps } from '../deps.js';
import { currentAccount, keptAccount } from './accounts.js';

/** A post as one reader may see it. */
export interface PostView {
  readonly account: Account;
  readonly status: PostStatus;
  /** Whether its account had slots when the batch began: those count for its posts. */
  readonly hasSlots: boolean;
  /** Published to the account's page; else only the signed-in get this view at all. */
  readonly isPublic: boolean;
  /** Whether this reader sees the plan, the pipeline, the costs, the review and the chat references. */
  readonly wholeRecord: boolean;
  readonly models: readonly string[];
  /** Asset names. */
  readonly hero: string | null;
  readonly clip: string | null;
  readonly publishedAt: string | null;
  readonly turns: readonly CitingTurn[];
}

/** Reads posts and batches: the running workflow first, the archive for what is final or unknown to the server. */
export interface Reader {
  post(id: string): Promise<PostStatus | null>;
  batch(id: string): Promise<BatchStatus | null>;
  /** Null where there is no such post, or none that this reader may know of. */
  postView(id: string, signedIn: boolean): Promise<PostView | null>;
}

export function createReader(deps: Pick<DeskDeps, 'archive' | 'accounts' | 'live'>): Reader {
  const { archive, accounts, live } = deps;
  const post = async (id: string, signedIn = true): Promise<PostStatus | null> => {
    const archived = await archive.records.findPost(id);
    // A post that is out may still be tried at other targets, which its workflow alone counts; strangers don't reach that.
    if (archived && isFinal(archived.status) && !(signedIn && isStillTried(archived))) return archived;
    return liveOrArchived(id, archived, live.post(id));
  };

  /** With the bills, where any is known, beside what it cost. */
  const recordFor = async (signedIn: boolean, status: PostStatus): Promise<PostStatus> => {
    const billed = await archive.ledger.sumBills(status.id);
    const record = billed === null ? status : { ...status, billedUsd: toUsd(billed) };
    return signedIn ? record : withoutReviewers(record);
  };

  return {
    post: async (id) => (ID_PATTERN.test(id) ? post(id) : null),

    async batch(id) {
      if (!ID_PATTERN.test(id)) return null;
      const archived = await archive.records.findBatch(id);
      if (archived && isBatchFinal(archived.status)) return archived;
      return liveOrArchived(id, archived, live.batch(id));
    },

    async postView(id, signedIn) {
      if (!ID_PATTERN.test(id)) return null;
      const published = await archive.records.findPublishedPost(id);
      // A stranger's guess at an id never reaches the workflows.
      if (!published && !signedIn) return null;
      const status = await post(id, signedIn);
      if (!status) return null;
      const kept = published?.account ?? (await keptAccount(archive, status));
      if (!kept) return null;
      // A post goes where its account went when its batch began.
      const account = { ...(await currentAccount(accounts, kept)), targets: kept.targets };
      const wholeRecord = signedIn || account.record === 'public';
      const shown = published ? asPublished(status, published) : status;
      return {
        account,
        hasSlots: Boolean(kept.slots),
        status: wholeRecord ? await recordFor(signedIn, shown) : shown,
        isPublic: published !== null,
        wholeRecord,
        models: makersOf(status),
        ...mediaOf(published?.edition.assets ?? status.pipeline.map((row) => row.asset)),
        publishedAt: status.publishedAt ?? published?.publication.at ?? null,
        turns: await archive.records.listCitingTurns(id),
      };
    },
  };
}

const isStillTried = ({ status, pipeline }: PostStatus): boolean =>
  status === 'published' && pipeline.some(({ state }) => state === 'running');

/** Whether a published post's record links to an asset, which a public record then makes public too. */
export const isOnRecord = (asset: string, { status }: PublishedPost): boolean =>
  status.pipeline.some((row) => row.asset === asset);

/** The hero image and the clip among asset names, the last of each kind; anything else is no asset of ours. */
export function mediaOf(assets: readonly (string | null)[]): { hero: string | null; clip: string | null } {
  const known = assets.filter((asset) => asset !== null && ASSET_PATTERN.test(asset));
  const last = (extension: string) => known.findLast((asset) => asset?.endsWith(extension)) ?? null;
  return { hero: last('.png'), clip: last('.mp4') };
}

/** With the archive's answer in hand, a server that can't be reached is no reason to show nothing. */
async function liveOrArchived<T>(id: string, archived: T | null, answer: Promise<T | null>) {
  try {
    return (await answer) ?? archived;
  } catch (cause) {
    if (archived === null) throw new LiveStatusUnavailable(id, cause);
    return archived;
  }
}

/** What was published is shown as it was published. */
function asPublished(status: PostStatus, { edition, publication }: PublishedPost): PostStatus {
  const { title, body, caption, hashtags, altText } = edition;
  const publications = status.publications.length > 0 ? status.publications : [publication];
  return { ...status, title, body, caption, hashtags, altText, publications };
}

/**
 * The models that made a post, each once, in the order of its pipeline. What a stand-in made names none: no model was asked.
 * A sample whose rows don't say who made them names none at all.
 */
export function makersOf({ offline, pipeline }: Pick<PostStatus, 'offline' | 'pipeline'>): string[] {
  if (offline && !pipeline.some((row) => row.offline)) return [];
  const real = pipeline.filter((row) => !row.offline);
  return [...new Set(real.flatMap(({ model }) => model ?? []))];
}

/** Who decides at a desk is not for readers: a public record says what was decided, and names an editor. */
const UNNAMED = 'an editor';

/** A record as readers may see it: what was decided and when, without who did and their notes. */
export const withoutReviewers = (status: PostStatus): PostStatus => ({
  ...status,
  // The note of the row says who approved.
  pipeline: status.pipeline.map((row) => (row.step === 'review' ? { ...row, note: undefined } : row)),
  review: status.review.map((entry) => ({ ...entry, by: UNNAMED, note: null })),
});

/**
 * What the running workflows say of themselves: the answer of their query `status`. Null where the run is not known to
 * the server (never started, or past its retention). A call is rejected when the server or its workers don't answer, and
 * should be within a few seconds, since a page waits for it; the desk then answers from the archive.
 */
export interface LiveStatus {
  post(id: string): Promise<PostStatus | null>;
  batch(id: string): Promise<BatchStatus | null>;
}

/** The archive knows nothing of an id, and the Temporal server, which might, did not answer. */
export class LiveStatusUnavailable extends Error {
  override name = 'LiveStatusUnavailable' as const;
  constructor(id: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The archive holds no ${id}, and Temporal did not answer: ${reason}`, { cause });
  }
}
