import type { BatchStatus, PostStatus } from '../../contract/status.js';

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
