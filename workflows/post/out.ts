import type { Publication } from '../../contract/status.js';

/** What is out. */
export interface Out {
  readonly publications: readonly Publication[];
  readonly publishedAt: string | null;
}

export const NOTHING_OUT: Out = { publications: [], publishedAt: null };

export const addPublication = (out: Out, publication: Publication): Out => ({
  ...out,
  publications: [...out.publications, publication],
});

/** It is published since the first target took it. */
export const finishPublishing = (out: Out, now: string): Out => ({
  ...out,
  publishedAt: out.publications[0]?.at ?? now,
});

export const isOutAt = ({ publications }: Out, target: string): boolean =>
  publications.some((publication) => publication.target === target);
