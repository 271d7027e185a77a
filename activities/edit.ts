import type { Account } from '../contract/account.js';
import { postUrl } from '../contract/address.js';
import type { PublishedEdit, TargetEdit } from '../contract/edit.js';
import { marked, markOf } from '../contract/sample-words.js';
import { stateWords } from '../contract/states.js';
import type { PostStatus } from '../contract/status.js';
import type { Edition } from '../services/publishers/publisher.js';
import type { Services } from '../services/services.js';
import { announceOfPost } from './announce.js';
import { withHeartbeat } from './heartbeat.js';
import { requireLastRecord } from './last-record.js';
import { LONGEST_WORDS, reasonToKeep } from './unpublish.js';

/** A published post as it is edited, or why it can't be, in one clause. */
type BegunEdit =
  | { readonly refused: string }
  | { readonly refused: null; readonly status: PostStatus; readonly account: Account; readonly url: string };

export const createEdit = (services: Pick<Services, 'archive' | 'publishers' | 'deskUrl'>) => ({
  /**
   * Reads what is published, once the post's own workflow has ended. Where that only waits for a person to mend a target, it is
   * ended; one that still publishes is left to do so.
   *
   * @throws ApplicationFailure to be retried, while that workflow still writes its last record
   */
  beginEdit(order: { readonly postId: string; readonly by: string }): Promise<BegunEdit> {
    return withHeartbeat(null, async () => {
      const before = await services.archive.records.findPost(order.postId);
      const open = before?.status === 'published' ? openTargets(before) : [];
      if (open.length > 0)
        return { refused: `it is still being published at ${open.join(', ')}; edit it once that is over` };
      await requireLastRecord(order, before?.status === 'published');
      const known = await services.archive.records.findPost(order.postId);
      if (!known) return { refused: 'the archive has no record of the post' };
      if (known.status !== 'published') return { refused: `the post is ${stateWords(known.status)}` };
      const account = await services.archive.records.findAccountOfPost(order.postId);
      if (!account) return { refused: 'the archive has no record of its batch' };
      return {
        refused: null,
        status: known,
        account,
        url: postUrl(services.deskUrl, account.handle, known.id),
      };
    });
  },

  /** Saves the revision, which its page and feeds show from then on. May be repeated. @returns false where it is no longer out */
  saveEdit(edit: PublishedEdit): Promise<boolean> {
    return withHeartbeat(null, async () => {
      const status = await services.archive.records.saveEdit(edit);
      if (!status) return false;
      const { revision, at } = edit;
      await announceOfPost(services, status, { type: 'post.edited', key: `revision ${revision}`, at });
      return true;
    });
  },

  /**
   * Has a target change what it has to what the post says now; a later revision may have come meanwhile, which then counts.
   *
   * @returns why the target has the text of before; null where it was edited
   */
  editAtTarget({ postId, target: name }: Pick<TargetEdit, 'postId' | 'target'>): Promise<string | null> {
    return withHeartbeat(null, async () => {
      const account = await services.archive.records.findAccountOfPost(postId);
      const target = account?.targets.find((one) => one.name === name);
      const publisher = target && services.publishers[target.kind];
      if (!account || !target || !publisher?.edit) return `this worker can't edit at '${name}'`;
      for (let written = 0; ;) {
        const status = await services.archive.records.findPost(postId);
        const publication = status?.publications.find((one) => one.target === name);
        if (!publication || status?.status !== 'published') return 'the post was taken back meanwhile';
        if (written === status.revision) return null;
        try {
          await publisher.edit(editionOf(status, account, name), publication, target);
        } catch (error) {
          return reasonToKeep(error);
        }
        written = status.revision;
      }
    });
  },

  /** Puts on the record what a target made of an edit. */
  async recordTargetEdit({ reason, ...edit }: TargetEdit): Promise<void> {
    await withHeartbeat(null, () =>
      services.archive.records.saveTargetEdit({ ...edit, reason: reason?.slice(0, LONGEST_WORDS) ?? null }),
    );
  },
});

const openTargets = ({ pipeline }: PostStatus): string[] =>
  pipeline.flatMap(({ target, state }) =>
    target && (state === 'pending' || state === 'running') ? [target] : [],
  );

/** What a target is to have now. Its picture or clip stays. */
function editionOf(status: PostStatus, account: Account, target: string): Edition {
  const {
    id: postId,
    revision,
    contentFormat,
    title,
    body,
    caption,
    hashtags,
    altText,
    texts = [],
    pipeline,
  } = status;
  const mark = markOf(account, status.offline);
  return {
    ...{ postId, account: account.handle, revision, contentFormat, title, hashtags, altText },
    body: body && marked(body, mark),
    caption: marked(caption, mark),
    assets: (['hero_image', 'video'] as const).flatMap(
      (step) => pipeline.findLast((row) => row.step === step)?.asset ?? [],
    ),
    language: account.language,
    text: texts.find((one) => one.target === target)?.text ?? null,
  };
}
