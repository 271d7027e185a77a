import { expect, test } from 'vitest';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { revisionIn } from './revision.js';
import { POST_STATES } from './states.js';
import type { PipelineRow, ReviewEntry } from './status.js';

const batch = batchRecord('Zr4hK8vYp1Nc', 'ash');
const { status } = postRecord('UpkTZ26nc9Eb', batch, { status: 'awaiting_approval' });
const row = (step: PipelineRow['step'], change: Partial<PipelineRow>): PipelineRow => ({
  ...(status.pipeline[0] as PipelineRow),
  step,
  ...change,
});
const entry = (change: Partial<ReviewEntry>): ReviewEntry => ({
  ...{ decision: 'edit', by: 'mo', revision: 1, gate: 'publish', note: null, counted: true },
  at: '2026-11-24T11:00:00.000Z',
  ...change,
});

test('a post shows its revision from when a person is asked until it is out', () => {
  const seen = POST_STATES.filter((state) => revisionIn({ ...status, status: state }) !== null);
  expect(seen).toEqual(['awaiting_approval', 'scheduled', 'publishing', 'published', 'unpublished']);
});

test('it has the newest files, and none that is still to be made again', () => {
  const pictures = [row('hero_image', { asset: 'a_hero.png' }), row('hero_image', { asset: 'a_hero_2.png' })];
  const clip = row('video', { asset: 'a_video.mp4' });
  expect(revisionIn({ ...status, pipeline: [...pictures, clip] })).toMatchObject({
    hero: 'a_hero_2.png',
    clip: 'a_video.mp4',
  });
  const asked = { ...status, pipeline: [...pictures, row('hero_image', {}), clip] };
  expect(revisionIn(asked)).toMatchObject({ hero: null });
});

test('it is made by the model when its last file was, or by the person who edited it', () => {
  const pipeline = [
    row('draft', { model: 'gpt-6-luna' }),
    row('hero_image', { at: '2026-11-24T10:30:00.000Z' }),
  ];
  const first = { ...status, pipeline };
  expect(revisionIn(first)).toMatchObject({ by: 'gpt-6-luna', note: null, at: '2026-11-24T10:30:00.000Z' });
  const second = { ...first, revision: 2 };
  expect(revisionIn({ ...second, review: [entry({})] })).toMatchObject({
    by: 'mo',
    at: '2026-11-24T11:00:00.000Z',
  });
  const asked = entry({ decision: 'revise', note: 'plainer' });
  expect(revisionIn({ ...second, review: [asked] })).toMatchObject({ by: 'gpt-6-luna', note: 'plainer' });
  const others = [entry({ counted: false }), entry({ revision: 2 }), entry({ decision: 'approve' })];
  expect(revisionIn({ ...second, review: others })).toMatchObject({ by: 'gpt-6-luna', note: null });
});
