import type { PostInput } from '../../contract/batch.js';
import type { Account } from '../../contract/account.js';
import type { MediaTask } from '../media-task.js';
import type { Spend } from '../../contract/money/spend.js';
import type { TextService } from '../../services/text/text.js';
import { FEED } from '../../contract/targets/target.js';

export const FLUX = 'fal-ai/flux-pro/v1.1-ultra';
export const KLING = 'fal-ai/kling-video/v3/pro/image-to-video';

/** Limits that no default has, so that a test sees whose they are. */
export const account: Account = {
  handle: 'harbor',
  name: 'Harbor Notes',
  bio: 'What the tide tables leave out.',
  sample: false,
  timeZone: 'Europe/Warsaw',
  language: 'en',
  record: 'desk',
  voice: 'Dry and exact, from the end of the pier.',
  look: 'Ink and wash on rough paper.',
  planners: { ports: { covers: 'harbors, tides, cranes', guidance: 'One claim and one sum a piece.' } },
  style: {
    titleMaxCharacters: 83,
    bodyMinParagraphs: 4,
    bodyMaxWords: 377,
    captionMaxCharacters: 231,
    hashtagsMin: 2,
    hashtagsMax: 4,
    bannedPhrases: ['sea change'],
    buttonLast: true,
  },
  models: { plan: 'gpt-6.1-terra', draft: 'gpt-6-luna', image: FLUX, video: KLING },
  targets: [FEED],
  review: { gates: ['publish'], remindAfter: null, expireAfter: null },
  budget: { batch: 2_000_000_000 },
};

export const post = (contentFormat: string, change: Partial<PostInput> = {}): PostInput => ({
  id: 'UpkTZ26nc9Eb',
  contentFormat,
  title: 'Why a harbor clock runs on two times',
  plan: {
    topic: 'Harbor clocks',
    angle: 'Two hands, two times, one reason.',
    rationale: 'Core beat; evergreen; it needs room.',
    newsPeg: null,
    button: 'The sea keeps the other time.',
  },
  checks: [],
  batchId: 'Zr4hK8vYp1Nc',
  account,
  planner: 'ports',
  specialMessage: "Generate exactly 1 item: 1 with content_format='hero_text'.",
  brief: null,
  offline: true,
  ...change,
});

/** Whose money the samples spend, without a limit. */
export const spend: Spend = {
  payer: { account: 'harbor', planner: 'ports', batchId: 'Zr4hK8vYp1Nc', postId: 'UpkTZ26nc9Eb' },
  limits: { batch: null, month: null },
  confirmOver: null,
  confirmed: false,
};

let seeds = 1;

/** A picture that no other test of the file asks for. */
export const pictureTask = (change: Partial<MediaTask> = {}): MediaTask => ({
  postId: 'UpkTZ26nc9Eb',
  step: 'hero_image',
  endpoint: FLUX,
  prompt: 'A harbor clock with four hands.',
  aspectRatio: '16:9',
  seed: (seeds += 1),
  imageUrl: null,
  ...change,
});

/** A clip from a frame that the stand-in does not fetch. Like every upload, the frame has an address of its own. */
export const clipTask = (change: Partial<MediaTask> = {}): MediaTask =>
  pictureTask({
    step: 'video',
    endpoint: KLING,
    aspectRatio: '9:16',
    imageUrl: `https://example.com/frame_${(seeds += 1)}.png`,
    ...change,
  });

const unasked = () => Promise.reject(new Error('not asked for'));

/** A text server that does what a test says, and flags texts that say "ugly". */
export const textServer = (change: Partial<TextService>): TextService => ({
  ...{ provider: 'openai', offline: false, rate: null, ask: unasked, embed: unasked },
  moderate: (texts) =>
    Promise.resolve(texts.map((text) => ({ flagged: text.includes('ugly'), categories: [] }))),
  ...change,
});

/** Faults of an answer that is paid for all the same, and the outcome that each has. */
export const SPOILED_ANSWERS = [
  ['refusal', 'refused'],
  ['truncated', 'truncated'],
  ['malformed', 'malformed'],
] as const;
