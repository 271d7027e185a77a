import { inputFor } from './input.js';
import type { Fields } from './fields.js';
import type { MediaOrder } from './order.js';

/** What a model does not take. */
export interface Lacks {
  /** Why posts can't be made with it. */
  readonly unusable: readonly string[];
  /** What it does without; posts can be made with it all the same. */
  readonly lacking: readonly string[];
}

const SAMPLE = { prompt: 'A harbor clock.', seed: 1, imageUrl: 'https://example.com/frame.png' } as const;

/** What a model lacks for the pictures, or the clips, of posts. Each is a sentence's end after the model's name. */
export function lacksOf({ endpoint, kind }: Pick<MediaOrder, 'endpoint' | 'kind'>, fields: Fields): Lacks {
  const isClip = kind === 'clip';
  const made = (['16:9', '9:16'] as const).map((aspectRatio) =>
    inputFor({ ...SAMPLE, endpoint, kind, aspectRatio, imageUrl: isClip ? SAMPLE.imageUrl : null }, fields),
  );
  const [{ input, missing, image, seconds }] = made as [(typeof made)[0]];
  const shapes = made.map(({ aspect }) => aspect);
  return {
    unusable: [
      ...('prompt' in input ? [] : ['takes no prompt']),
      ...(missing.length > 0 ? [`needs ${missing.join(', ')}, which Copydesk does not fill`] : []),
    ],
    lacking: [
      ...(isClip && image === null
        ? ['takes no first frame: a clip does not start from its hero image']
        : []),
      ...('seed' in input
        ? []
        : [`takes no seed: a lost job can only be found by its ${isClip ? 'prompt and frame' : 'prompt'}`]),
      ...(isClip ? clipShape(shapes) : pictureShape(shapes)),
      ...(isClip && seconds === null ? ['takes no duration: a clip is as long as the model makes it'] : []),
    ],
  };
}

function pictureShape(shapes: readonly string[]): string[] {
  if (shapes.includes('none')) return ['takes no aspect ratio or size: pictures have a shape of its own'];
  return shapes.includes('near') ? ['does not offer 16:9 and 9:16: the nearest shape is ordered'] : [];
}

/** A clip mostly has the shape of its first frame, so only a shape that differs is worth a word. */
const clipShape = (shapes: readonly string[]): string[] =>
  shapes.includes('near') ? ['does not offer 16:9 and 9:16: the nearest shape is ordered'] : [];
