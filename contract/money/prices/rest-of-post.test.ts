import { expect, it } from 'vitest';
import { loadAccount } from '../../../config/accounts/load.js';
import type { PipelineRow } from '../../status.js';
import { mediaAhead, raisedBudget } from './rest-of-post.js';

const account = await loadAccount('accounts', 'crumbandcrust');

const row = (step: PipelineRow['step'], state: PipelineRow['state']): PipelineRow => ({
  ...{ label: step, provider: null, model: null, asset: null, costUsd: 0, apiSeconds: null },
  ...{ step, state, attempts: 1, at: null },
});
const post = (contentFormat: string, ...pipeline: PipelineRow[]) => {
  return { contentFormat, pipeline, planner: 'sourdough', brief: null };
};
const DRAFTED = row('draft', 'done');
const PICTURED = row('hero_image', 'done');

it.each([
  ['of an article, its picture', post('hero_text', DRAFTED, row('hero_image', 'pending')), 60_000_000],
  ['of a video, picture and clip', post('video', DRAFTED), 620_000_000],
  ['of a video with its picture, the clip', post('video', DRAFTED, PICTURED), 560_000_000],
  ['what is made again', post('hero_text', DRAFTED, PICTURED, row('hero_image', 'pending')), 60_000_000],
  ['nothing that is there', post('hero_text', DRAFTED, PICTURED), 0],
])('what media still cost is %s', (_, unfinished, nano) =>
  expect(mediaAhead(unfinished, account)).toBe(nano),
);

it.each([
  // The picture's six cents over two and a half dollars.
  ['whole dollars', { budgetUsd: 2.5, costUsd: 2.5, unknownUsd: 0 }, post('hero_text', DRAFTED), 3],
  ['ten cents below one', { budgetUsd: 0.1, costUsd: 0.1, unknownUsd: 0 }, post('hero_text', DRAFTED), 0.2],
  ['with what may have been paid', { budgetUsd: 3, costUsd: 2, unknownUsd: 1 }, post('video', DRAFTED), 4],
  ['and a draft with it', { budgetUsd: 0, costUsd: 0, unknownUsd: 0 }, post('hero_text'), 0.1],
  [
    'none where it is enough',
    { budgetUsd: 3, costUsd: 2.5, unknownUsd: 0 },
    post('hero_text', DRAFTED),
    null,
  ],
])('a budget is raised to what is needed in %s', (_, batch, unfinished, usd) =>
  expect(raisedBudget(batch, unfinished, { account, textRate: null })).toBe(usd),
);
