import { randomBytes } from 'node:crypto';
import type { Charge } from '../../contract/money/charge.js';
import type { ChargeStep, Step } from '../../contract/states.js';
import type { PipelineRow, PostStatus } from '../../contract/status.js';
import type { Edition } from '../publishers/publisher.js';
import type { BatchRecord, PostRecord } from './records/records.js';
import { FEED } from '../../contract/targets/target.js';

/** Records for tests, complete and valid; what a test cares about it changes. */

const AT = '2026-11-24T09:00:00.000Z';
const SPECIAL_MESSAGE =
  "Generate exactly 5 items: 1 with content_format='video' and 4 with content_format='hero_text'.";

export function batchRecord(id: string, handle: string, charges: readonly Charge[] = []): BatchRecord {
  return {
    sequence: 1,
    charges,
    account: {
      handle,
      name: 'Ash',
      bio: 'Signal, not noise.',
      sample: true,
      timeZone: 'Europe/Berlin',
      language: 'en',
      record: 'public',
      voice: 'dry',
      look: 'newsprint',
      planners: { inference: { covers: 'inference', guidance: 'argue' } },
      style: {
        titleMaxCharacters: 90,
        bodyMinParagraphs: 2,
        bodyMaxWords: 400,
        captionMaxCharacters: 200,
        hashtagsMin: 1,
        hashtagsMax: 5,
        bannedPhrases: [],
        buttonLast: true,
      },
      models: { plan: 'gpt-6.1-terra', draft: 'gpt-6-luna', image: 'fal-ai/flux/dev', video: 'fal-ai/wan' },
      targets: [FEED],
      review: { gates: ['publish'], remindAfter: null, expireAfter: null },
      budget: { batch: 2_000_000_000 },
    },
    status: {
      id,
      account: handle,
      planner: 'inference',
      mix: { video: 1, hero_text: 4 },
      specialMessage: SPECIAL_MESSAGE,
      brief: null,
      offline: false,
      status: 'running',
      budgetUsd: 2,
      costUsd: 0,
      unknownUsd: 0,
      counts: {},
      pipeline: [],
      posts: [],
      createdAt: AT,
      error: null,
    },
  };
}

export function postRecord(id: string, batch: BatchRecord, change: Partial<PostStatus> = {}): PostRecord {
  const status: PostStatus = {
    id,
    account: batch.status.account,
    batchId: batch.status.id,
    planner: batch.status.planner,
    contentFormat: 'hero_text',
    offline: false,
    status: 'publishing',
    gate: null,
    revision: 1,
    title: `The benchmark is not the model ${id}`,
    plan: {
      topic: 'benchmarks',
      angle: 'agreement',
      rationale: 'evergreen',
      newsPeg: null,
      button: 'It is not.',
    },
    specialMessage: batch.status.specialMessage,
    brief: null,
    body: 'A paragraph.\n\nAnother.',
    caption: 'An agreement.',
    hashtags: ['ai'],
    altText: 'A leaderboard',
    pipeline: [row('draft', 'gpt-6-luna'), row('hero_image', 'fal-ai/flux/dev'), row('draft', 'gpt-6-luna')],
    costUsd: 0.06,
    unknownUsd: 0,
    checks: [{ rule: 'title.length', ok: true, detail: null }],
    review: [],
    publications: [],
    slot: null,
    createdAt: AT,
    publishedAt: null,
    error: null,
    ...change,
  };
  return { sequence: 1, status, charges: [] };
}

function row(step: Step, model: string): PipelineRow {
  const made = { provider: 'fal', model, asset: null, costUsd: 0.03, apiSeconds: 23.8, attempts: 1, at: AT };
  return { step, label: step, state: 'done', ...made };
}

export function charge(step: ChargeStep, change: Partial<Charge> = {}): Charge {
  return {
    key: `test/${step}/${randomBytes(8).toString('hex')}`,
    step,
    provider: 'fal',
    model: 'fal-ai/flux/dev',
    quantity: '1 images',
    unitPrice: '0.06 USD per image',
    amount: 60_000_000,
    basis: 'metered',
    outcome: 'kept',
    requestId: 'req_1',
    prompt: null,
    offline: false,
    at: '2026-11-24T10:00:00.000Z',
    ...change,
  };
}

export function recordedEdition({ status }: PostRecord): Edition {
  const { id: postId, account, revision, contentFormat, title, body, caption, hashtags, altText } = status;
  const text = { title, body, caption, hashtags, altText };
  return { postId, account, revision, contentFormat, ...text, assets: [`${postId}_hero.png`] };
}
