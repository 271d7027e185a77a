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
const EDITED = '2026-11-24T11:00:00.000Z';
const entry = (change: Partial<ReviewEntry>): ReviewEntry => ({
  ...{ decision: 'edit', by: 'mo', revision: 1, gate: 'publish', note: null, counted: true, at: EDITED },
  ...change,
});

test('a post shows its revision from when a person is asked until it is out', () => {
  const seen = POST_STATES.filter((state) => revisionIn({ ...status, status: state }) !== null);
  expect(seen).toEqual(['awaiting_approval', 'scheduled', 'publishing', 'published', 'unpublished']);
});

test('it has the newest files, and none that is still to be made again', () => {
  const pictures = [row('hero_image', { asset: 'a_hero.png' }), row('hero_image', { asset: 'a_hero_2.png' })];
  const clip = row('video', { asset: 'a_video.mp4' });
  const files = { hero: 'a_hero_2.png', clip: 'a_video.mp4' };
  expect(revisionIn({ ...status, pipeline: [...pictures, clip] })).toMatchObject(files);
  const asked = { ...status, pipeline: [...pictures, row('hero_image', {}), clip] };
  expect(revisionIn(asked)).toMatchObject({ hero: null });
});

const MADE = '2026-11-24T10:30:00.000Z';
const pipeline = [row('draft', { model: 'gpt-6-luna' }), row('hero_image', { at: MADE })];
const byModel = { by: 'gpt-6-luna', note: null, at: MADE };
const revise = entry({ decision: 'revise', note: 'plainer' });
const others = [entry({ counted: false }), entry({ revision: 2 }), entry({ decision: 'approve' })];
test.each([
  ['the model when its last file was', 1, [], byModel],
  ['the person who edited it', 2, [entry({})], { by: 'mo', note: null, at: EDITED }],
  ['the model that was asked to', 2, [revise], { ...byModel, note: 'plainer' }],
  ['the model whatever else was decided', 2, others, byModel],
])('it is made by %s', (_who, revision, review, made) => {
  expect(revisionIn({ ...status, pipeline, revision, review })).toMatchObject(made);
});
