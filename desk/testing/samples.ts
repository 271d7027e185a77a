import type { Account } from '../../contract/account.js';
import type { Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';
import type { ScheduleStatus } from '../../contract/schedule.js';
import type { Step } from '../../contract/states.js';
import type { BatchPost, BatchStatus, PipelineRow, PostStatus } from '../../contract/status.js';
import { FEED } from '../../contract/targets/target.js';

/** Sample records for the tests of the desk: an account, a batch and its posts as their workflows would record them. */

const SPECIAL_MESSAGE =
  "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.";

export function sampleAccount(changes: Partial<Account> = {}): Account {
  return {
    handle: 'harbor',
    name: 'Harbor Notes',
    bio: 'What the tide tables leave out.',
    sample: false,
    timeZone: 'Europe/Warsaw',
    language: 'en',
    record: 'public',
    voice: 'Dry and exact.',
    look: 'Ink and wash.',
    planners: { ships_and_ports: { covers: 'Ports.', guidance: 'Be exact.' } },
    style: {
      titleMaxCharacters: 90,
      bodyMinParagraphs: 2,
      bodyMaxWords: 400,
      captionMaxCharacters: 240,
      hashtagsMin: 1,
      hashtagsMax: 5,
      bannedPhrases: [],
      buttonLast: true,
    },
    models: {
      plan: 'gpt-6.1-terra',
      draft: 'gpt-6-luna',
      image: 'fal-ai/flux-pro/v1.1-ultra',
      video: 'fal-ai/clip',
    },
    targets: [FEED],
    review: { gates: ['publish'], remindAfter: null, expireAfter: null },
    budget: { batch: 2_000_000_000 },
    ...changes,
  };
}

/** The file of an account, as far as the desk reads it. JSON is YAML too. */
export function accountFileText(account: Account): string {
  const { name, bio, sample, timeZone, language, record, voice, look, planners, disclosure } = account;
  const { slots, chat } = account;
  const words = { name, bio, sample, timeZone, language, record, voice, look, planners, disclosure };
  return JSON.stringify({
    ...words,
    ...(slots && { slots }),
    ...(chat && { chat: { enabled: chat.enabled, dailyBudget: toUsd(chat.dailyBudget) } }),
  });
}

export function samplePost(id: string, changes: Partial<PostStatus> = {}): PostStatus {
  const at = '2026-05-11T13:18:00.000Z';
  const blank = { provider: null, model: null, asset: null, costUsd: 0, apiSeconds: null, attempts: 1 };
  const row = (step: Step, label: string, facts: Partial<PipelineRow> = {}): PipelineRow => ({
    ...blank,
    step,
    label,
    state: 'done',
    at,
    ...facts,
  });
  const draft = { provider: 'openai', model: 'gpt-6-luna' };
  const image = { provider: 'fal', model: 'fal-ai/flux-pro/v1.1-ultra' };
  return {
    id,
    account: 'harbor',
    batchId: 'BatchBatch01',
    planner: 'ships_and_ports',
    contentFormat: 'hero_text',
    offline: false,
    status: 'published',
    gate: null,
    revision: 1,
    title: 'Why a harbor clock runs on two times',
    plan: {
      topic: 'Harbor clocks',
      angle: 'Two hands, two times, one reason.',
      rationale: 'Core beat; no news needed.',
      newsPeg: null,
      button: 'The sea keeps the other time.',
    },
    specialMessage: SPECIAL_MESSAGE,
    brief: null,
    body: 'The clock over the gate shows two times.\n\nThe sea keeps the other time.',
    caption: 'Two times on one clock.',
    hashtags: ['harbor', 'tides'],
    altText: 'A clock with four hands over a harbor gate',
    pipeline: [
      row('plan', 'Plan', { note: 'the batch paid' }),
      row('draft', 'Draft', { ...draft, costUsd: 0.0042, apiSeconds: 8.25, attempts: 2 }),
      row('hero_image', 'Hero image', { ...image, asset: `${id}_hero.png`, costUsd: 0.06, apiSeconds: 23.8 }),
      row('review', 'Review'),
      row('publish', 'Publish'),
    ],
    costUsd: 0.0642,
    unknownUsd: 0,
    checks: [{ rule: 'title.length', ok: true, detail: null }],
    review: [
      { decision: 'approve', by: 'maria', revision: 1, gate: 'publish', note: 'Good.', at, counted: true },
    ],
    publications: [],
    slot: null,
    createdAt: '2026-05-11T13:00:00.000Z',
    publishedAt: at,
    error: null,
    ...changes,
  };
}

/** A post whose picture is made and which waits for a person. */
export function waitingPost(id: string, changes: Partial<PostStatus> = {}): PostStatus {
  return samplePost(id, {
    status: 'awaiting_approval',
    gate: 'publish',
    review: [],
    publishedAt: null,
    ...changes,
  });
}

export function sampleBatch(changes: Partial<BatchStatus> = {}): BatchStatus {
  return {
    id: 'BatchBatch01',
    account: 'harbor',
    planner: 'ships_and_ports',
    mix: { video: 1, hero_text: 4 },
    specialMessage: SPECIAL_MESSAGE,
    brief: null,
    offline: false,
    status: 'running',
    budgetUsd: 2,
    costUsd: 0.0642,
    unknownUsd: 0,
    counts: { awaiting_approval: 1, published: 4 },
    pipeline: [],
    posts: [],
    createdAt: '2026-05-11T12:59:00.000Z',
    error: null,
    ...changes,
  };
}

/** A post of a batch that waits for approval, as the batch's workflow knows it. */
export function sampleBatchPost(id: string, changes: Partial<BatchPost> = {}): BatchPost {
  const shown = { id, title: `Title of ${id}`, contentFormat: 'hero_text', revision: 1, costUsd: 0.06 };
  return { ...shown, status: 'awaiting_approval', gate: 'publish', step: null, error: null, ...changes };
}

/** A charge for a picture that was kept, of six cents. */
export function sampleCharge(key: string, changes: Partial<Charge> = {}): Charge {
  const call = { step: 'hero_image', provider: 'fal', model: 'fal-ai/flux-pro/v1.1-ultra' } as const;
  const price = { quantity: '1', unitPrice: null, amount: 60_000_000, basis: 'metered' } as const;
  const record = { outcome: 'kept', requestId: key, prompt: null, at: '2026-06-20T10:00:00.000Z' } as const;
  return { key, ...call, ...price, ...record, offline: false, ...changes };
}

/** A schedule of the sample account, as it stands. */
export const sampleSchedule = (changes: Partial<ScheduleStatus> = {}): ScheduleStatus => ({
  id: 'Schedule0001',
  account: 'harbor',
  planner: 'ships_and_ports',
  mix: { video: 1, hero_text: 4 },
  brief: null,
  budgetUsd: null,
  cron: '0 6 * * 1',
  timeZone: 'Europe/Warsaw',
  revision: 1,
  overlap: 'skip',
  paused: false,
  note: null,
  lastBatchId: null,
  runningBatchId: null,
  problem: null,
  skipped: 0,
  missed: 0,
  next: ['2026-06-29T04:00:00.000Z', '2026-07-06T04:00:00.000Z', '2026-07-13T04:00:00.000Z'],
  ...changes,
});

/** A post that has a stranger's words wherever a model or a provider may put some. */
export const hostilePost = (words: string, { pipeline }: Pick<PostStatus, 'pipeline'>) => ({
  title: words,
  body: `${words}\n\n${words}`,
  caption: words,
  hashtags: [words],
  altText: words,
  plan: { topic: words, angle: words, rationale: words, newsPeg: words, newsUrl: words, button: words },
  pipeline: pipeline.map((row) => ({ ...row, note: words, model: words })),
  checks: [{ rule: words, ok: false, detail: words }],
  error: { type: 'media.policy', message: words, requestId: words },
});
