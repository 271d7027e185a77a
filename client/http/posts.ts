import type { DecisionBody } from '../../contract/api/decisions.js';
import type { PostPage } from '../../contract/lists.js';
import type { ReviewResult } from '../../contract/messages.js';
import type { PostState } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import type { StartedCopy } from '../duplicate.js';
import type { Ask } from './request.js';

/** Which posts; what is left out doesn't matter. */
export interface HttpPostFilter {
  readonly status?: PostState;
  /** A handle. */
  readonly account?: string;
  /** The id of a batch. */
  readonly batch?: string;
  readonly planner?: string;
  /** Words that all stand in the post. */
  readonly q?: string;
  /** Only those that wait for a person. */
  readonly waiting?: boolean;
  /** Rows of one answer: 50 when left out, 200 at most. */
  readonly limit?: number;
  /** The `next` of the answer before. */
  readonly cursor?: string;
}

/** The posts, over HTTP. */
export class HttpPosts {
  readonly #ask: Ask;

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** Newest first. @throws UsageError, DeskRefusal with status 404 for an account that there is not */
  list(filter: HttpPostFilter = {}): Promise<PostPage> {
    return this.#ask.get('/api/posts', { ...filter });
  }

  /** @throws DeskRefusal with status 404 */
  status(id: string): Promise<PostStatus> {
    return this.#ask.get(`/api/posts/${encodeURIComponent(id)}`);
  }

  /** Answers once the decision has taken effect. @throws UsageError, RefusedError with the reason */
  review(id: string, decision: DecisionBody): Promise<ReviewResult> {
    return this.#ask.post(`/api/posts/${encodeURIComponent(id)}/decisions`, decision);
  }

  /** A link for somebody without a token; `expiresIn` is `3d` when left out. @throws RefusedError for a post that does not wait */
  share(
    id: string,
    options: { readonly expiresIn?: string } = {},
  ): Promise<{ url: string; expiresAt: string }> {
    return this.#ask.post(`/api/posts/${encodeURIComponent(id)}/share`, options);
  }

  /** Starts a copy that waits for approval; nothing is paid. @throws RefusedError for a post that has nothing to copy */
  duplicate(id: string, options: { readonly account?: string } = {}): Promise<StartedCopy> {
    return this.#ask.post(`/api/posts/${encodeURIComponent(id)}/duplicate`, options);
  }

  /** Takes a published post down. @throws RefusedError for one that is not published */
  unpublish(
    id: string,
    options: { readonly by?: string; readonly reason?: string } = {},
  ): Promise<{ status: PostState }> {
    return this.#ask.post(`/api/posts/${encodeURIComponent(id)}/unpublish`, options);
  }
}
