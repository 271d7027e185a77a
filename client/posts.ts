import type { PostSummary } from '../contract/lists.js';
import { reviewUpdate, type ReviewRequest, type ReviewResult } from '../contract/messages.js';
import type { PostStatus } from '../contract/status.js';
import { runEdit } from './edit.js';
import { againIfInterrupted } from './wait.js';
import type { Calls } from './calls.js';
import { RefusedError } from './errors.js';
import { listPosts, type PostFilter } from './lists.js';
import { readTemporalFailure, reasonOf } from './temporal-failure.js';
import { runUnpublish, type TakenBack, type Unpublish } from './unpublish.js';

/** The posts of a Copydesk. */
export class Posts {
  readonly #calls: Calls;

  constructor(calls: Calls) {
    this.#calls = calls;
  }

  /** The workflow's own answer, or the archive's once the workflow can't be asked. @throws UnknownIdError */
  status(id: string): Promise<PostStatus> {
    return this.#calls.status('post', id);
  }

  /**
   * Sends a decision and waits for its effect. An edit of a published post is one of its page, and of the targets that can edit.
   *
   * @throws RefusedError with the reason, UnknownIdError
   * @example await copydesk.posts.review(id, { decision: 'approve', by: 'ana', revision: 2 });
   */
  async review(id: string, request: ReviewRequest): Promise<ReviewResult> {
    if (request.decision === 'edit') {
      const post = await this.status(id);
      if (post.status === 'published') return runEdit(this.#calls, post, request);
    }
    const handle = this.#calls.handle('post', id);
    try {
      return await this.#calls.within(() =>
        againIfInterrupted(() => handle.executeUpdate(reviewUpdate, { args: [request] })),
      );
    } catch (error) {
      const failure = readTemporalFailure(error);
      if (failure === 'refused') throw new RefusedError(`post ${id}: ${reasonOf(error)}`);
      if (failure === 'not_found') throw await this.#calls.ended('post', id, request.decision);
      throw this.#calls.explained(`the decision on post ${id}`, error);
    }
  }

  /**
   * Takes a published post back: its page is gone when this answers, and its targets are being asked to delete it; which still have it
   * is told. A post that is
   * unpublished already stays so; targets that kept it are asked once more.
   *
   * @throws RefusedError for a post that is not published, UnknownIdError
   */
  unpublish(id: string, words: Unpublish): Promise<TakenBack> {
    return runUnpublish(this.#calls, id, words);
  }

  /** From the desk; `waiting` keeps those that wait for a person. @throws UsageError for an unknown account, DeskError */
  list(filter?: PostFilter): Promise<{ posts: PostSummary[] }> {
    return listPosts(this.#calls.desk, filter);
  }
}
