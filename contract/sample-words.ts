import type { Account } from './account.js';
import type { Step } from './states.js';

/** As far as a row of a pipeline tells who made it. */
interface MadeRow {
  readonly step: Step;
  readonly provider: string | null;
  readonly offline?: boolean;
}

/** A post or batch, as its status document has it. */
export interface Made {
  readonly offline: boolean;
  readonly pipeline: readonly MadeRow[];
}

/** What the mark of a row says that a stand-in made. */
export const SAMPLE = 'sample';

/** What a text ends in that leaves the house although a stand-in made some of its post. */
export const SAMPLE_MARK = '(offline sample)';

/** The mark of a post's texts elsewhere; null where it has none. */
export const markOf = ({ samples }: Pick<Account, 'samples'>, offline: boolean): string | null =>
  samples === 'publish' && offline ? SAMPLE_MARK : null;

export const marked = (text: string, mark: string | null): string =>
  mark === null || text.endsWith(mark) ? text : `${text}\n\n${mark}`;

const TEXT: readonly Step[] = ['plan', 'draft'];
const MEDIA: readonly Step[] = ['hero_image', 'video'];

/**
 * What of a post or batch the stand-ins made, or will make, in words: all of it, or the part that is not by a real provider.
 * Null when nothing is.
 */
export function sampleWords({ offline, pipeline }: Made): string | null {
  if (!offline) return null;
  const [text, media] = [isReal(pipeline, TEXT), isReal(pipeline, MEDIA)];
  if (text && !media) return 'pictures and clips are offline samples';
  if (media && !text) return 'text is an offline sample';
  return 'offline sample';
}

/** Whether some step of a part was made, and none by a stand-in. A post's own plan row has no provider: its batch paid. */
function isReal(pipeline: readonly MadeRow[], steps: readonly Step[]): boolean {
  const made = pipeline.filter(({ step, provider }) => provider !== null && steps.includes(step));
  return made.length > 0 && made.every((row) => !row.offline);
}
