import { stateWords } from '../contract/states.js';
import type { PostStatus, Publication } from '../contract/status.js';
import type { Removal, Unpublication, Unpublished } from '../contract/unpublish.js';
import { ChangeRefused, TargetFailure } from '../services/publishers/publisher.js';
import type { Services } from '../services/services.js';
import { announceOfPost } from './announce.js';
import { withHeartbeat } from './heartbeat.js';
import { requireLastRecord } from './last-record.js';
import { triedLater } from './publish.js';
import { reportOf, tellBatch } from './tell-batch.js';

/** What of a person's words is kept, as a decision keeps it. */
const LONGEST = { by: 200, reason: 4_000 };
/** What of a target's words is kept. */
export const LONGEST_WORDS = 300;

export interface RemovalOrder {
  readonly postId: string;
  readonly publication: Publication;
}

export interface RemovalNews {
  readonly postId: string;
  readonly removal: Removal;
}

export const createUnpublish = (services: Pick<Services, 'archive' | 'publishers' | 'deskUrl'>) => ({
  /**
   * Marks a published post as taken back, after which its page is gone. Asked again it changes nothing.
   *
   * @throws ApplicationFailure to be retried, while the post's own workflow still writes its last record
   */
  beginUnpublish(order: Unpublication): Promise<Unpublished> {
    const { postId } = order;
    return withHeartbeat(null, async () => {
      const known = await services.archive.records.findPost(postId);
      const isOut = known?.status === 'published' || known?.status === 'unpublished';
      await requireLastRecord(order, isOut);
      if (!known) return refused(null, 'the archive has no record of the post');
      if (!isOut)
        return refused(
          known,
          `the post is ${stateWords(known.status)}; only a published one can be unpublished`,
        );
      const reason = order.reason?.slice(0, LONGEST.reason) ?? null;
      const by = order.by.slice(0, LONGEST.by);
      const status = await services.archive.records.unpublishPost({ ...order, by, reason });
      if (status) {
        await announce(services, status, order);
        // Nothing of it is under way or to be mended any more.
        const report = { ...reportOf(status), step: null, error: null };
        await tellBatch({ batchId: status.batchId, report });
      }
      return { status: 'unpublished', refused: null, publications: (status ?? known).publications };
    });
  },

  /** Asks one target to delete. A target that will not is no failure: its reason goes on the record. */
  unpublish({ postId, publication }: RemovalOrder): Promise<Removal> {
    const { target } = publication;
    return withHeartbeat(null, async () => {
      const account = await services.archive.records.findAccountOfPost(postId);
      const known = account && account.targets.find(({ name }) => name === target);
      const asked = known ?? { kind: target, name: target, settings: {} };
      const publisher = services.publishers[asked.kind];
      if (!publisher) return kept(target, `this worker has no target '${target}'`);
      try {
        return { target, removedAt: await publisher.unpublish(postId, publication, asked), reason: null };
      } catch (error) {
        return kept(target, reasonToKeep(error));
      }
    });
  },

  /** Puts on the record what a target made of it. @returns the post's publications */
  recordRemoval({ postId, removal }: RemovalNews): Promise<readonly Publication[]> {
    const reason = removal.reason?.slice(0, LONGEST_WORDS) ?? null;
    return withHeartbeat(null, async () => {
      const status = await services.archive.records.saveRemoval(postId, { ...removal, reason });
      return status?.publications ?? [];
    });
  },
});

/** Only the order that took it back is told of. */
async function announce(
  services: Pick<Services, 'archive' | 'deskUrl'>,
  status: PostStatus,
  { at }: Unpublication,
): Promise<void> {
  if (!status.review.some((entry) => entry.decision === 'unpublish' && entry.at === at)) return;
  await announceOfPost(services, status, { type: 'post.unpublished', key: 'once', at });
}

/** Why a target keeps it. @throws what is worth another try, after as long as the target asks for */
export function reasonToKeep(error: unknown): string {
  if (error instanceof ChangeRefused) return error.message;
  if (!(error instanceof TargetFailure)) throw error;
  if (error.outcome === 'refused') return error.message;
  throw triedLater(error);
}

const refused = (post: PostStatus | null, reason: string): Unpublished => ({
  status: post?.status ?? null,
  refused: reason,
  publications: post?.publications ?? [],
});

const kept = (target: string, reason: string): Removal => ({ target, removedAt: null, reason });
