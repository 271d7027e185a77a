import type { PostState, Step } from './states.js';
import type { PostStatus, TargetText } from './status.js';

/** What a person saw, and decided on, at one revision of a post. */
export interface Revision {
  readonly revision: number;
  readonly title: string;
  readonly body: string | null;
  readonly caption: string;
  /** Without `#`. */
  readonly hashtags: readonly string[];
  readonly altText: string;
  /** What targets with a text of their own get; left out where there is none. */
  readonly texts?: readonly TargetText[];
  /** Asset names; null for what was still to be made, and for a clip of a post without one. */
  readonly hero: string | null;
  readonly clip: string | null;
  /** The model that wrote it, or the person who edited it. */
  readonly by: string;
  /** What the model was asked to change; null for the first one and for an edit. */
  readonly note: string | null;
  /** When it was made, ISO 8601. */
  readonly at: string;
}

/** From here on a post's words and files are those of its revision; before, they may be in the making. */
const SEEN: readonly PostState[] = [
  'awaiting_approval',
  'scheduled',
  'publishing',
  'published',
  'unpublished',
];

/** The revision that a status document shows; null while it is made, and once the post came to nothing. */
export function revisionIn(status: PostStatus): Revision | null {
  if (!SEEN.includes(status.status)) return null;
  const { revision, title, body, caption, hashtags, altText, texts } = status;
  return {
    revision,
    title,
    body,
    caption,
    hashtags,
    altText,
    ...(texts && { texts }),
    hero: assetOf(status, 'hero_image'),
    clip: assetOf(status, 'video'),
    ...originOf(status),
  };
}

/** Whoever made it: the decision before it says so, which was held against the revision that it replaced. */
function originOf(status: PostStatus): Pick<Revision, 'by' | 'note' | 'at'> {
  const { revision, review, createdAt } = status;
  const decision = review.findLast(
    (entry) =>
      entry.counted &&
      entry.revision === revision - 1 &&
      (entry.decision === 'revise' || entry.decision === 'edit'),
  );
  if (decision?.decision === 'edit') return { by: decision.by, note: null, at: decision.at };
  return { by: writerOf(status), note: decision?.note ?? null, at: madeAt(status) ?? createdAt };
}

/** When the words of a published post were last edited after it went out, ISO 8601; null where they never were. */
export const editedAt = ({
  review,
  publishedAt,
}: Pick<PostStatus, 'review' | 'publishedAt'>): string | null =>
  review.findLast(
    ({ decision, counted, at }) =>
      decision === 'edit' && counted && publishedAt !== null && Date.parse(at) > Date.parse(publishedAt),
  )?.at ?? null;

const newest = ({ pipeline }: PostStatus, step: Step) => pipeline.findLast((row) => row.step === step);

const assetOf = (status: PostStatus, step: Step): string | null => newest(status, step)?.asset ?? null;

const writerOf = (status: PostStatus): string => newest(status, 'draft')?.model ?? 'unknown';

/** When the last of its words and files was made. */
const madeAt = (status: PostStatus): string | null =>
  (['draft', 'hero_image', 'video'] as const)
    .map((step) => newest(status, step)?.at ?? '')
    .toSorted()
    .at(-1) || null;
