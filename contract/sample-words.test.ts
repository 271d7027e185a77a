import { expect, it } from 'vitest';
import { sampleWords } from './sample-words.js';

const plan = { step: 'plan', provider: null } as const;
const draft = { step: 'draft', provider: '127.0.0.1:8080' } as const;
const image = { step: 'hero_image', provider: 'fal' } as const;
const byStandIn = { offline: true } as const;

it.each([
  ['offline sample', [plan]],
  ['offline sample', [plan, { ...draft, ...byStandIn }]],
  ['offline sample', [plan, { ...draft, ...byStandIn }, { ...image, ...byStandIn }]],
  ['pictures and clips are offline samples', [plan, draft]],
  ['pictures and clips are offline samples', [plan, draft, { ...image, ...byStandIn }]],
  ['text is an offline sample', [plan, { ...draft, ...byStandIn }, image]],
  // A worker with a key took over from one without.
  ['pictures and clips are offline samples', [plan, draft, image, { ...image, ...byStandIn }]],
] as const)('reads %j', (words, pipeline) => {
  expect(sampleWords({ offline: true, pipeline })).toBe(words);
  expect(sampleWords({ offline: false, pipeline })).toBeNull();
});
