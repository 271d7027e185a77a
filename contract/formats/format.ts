import type { MediaStep } from '../states.js';

/** How a kind of post is made. A new format is one file like its siblings and one line in the registry. */
export interface ContentFormat {
  /** The name on the wire: `content_format='video'`. */
  readonly name: string;
  /** What the planner is told this format is good for. */
  readonly purpose: string;
  /** Whether the post has an article body beside its caption. */
  readonly hasBody: boolean;
  /** The paid media steps after the draft, in order. `video` starts from the hero image before it. */
  readonly media: readonly MediaStep[];
  /** The shape of its picture and clip. */
  readonly aspectRatio: '16:9' | '9:16';
}
