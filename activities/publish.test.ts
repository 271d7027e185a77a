import { expect, it } from 'vitest';
import type { Edition, Publisher } from '../services/publishers/publisher.js';
import type { Services } from '../services/services.js';
import { createPublish } from './publish.js';
import { perform } from './testing/stage.js';

const edition: Edition = {
  postId: 'UpkTZ26nc9Eb',
  account: 'harbor',
  revision: 2,
  contentFormat: 'hero_text',
  title: 'Why a harbor clock runs on two times',
  body: 'The sea keeps the other time.',
  caption: 'Two times on one clock.',
  hashtags: ['harbor'],
  altText: 'A clock',
  assets: ['UpkTZ26nc9Eb_hero.png'],
};

/** A target that keeps what it was given. */
function paper(target: string): Publisher & { readonly printed: Edition[] } {
  const printed: Edition[] = [];
  return {
    target,
    printed,
    publish: (one) => {
      printed.push(one);
      return Promise.resolve({ target, url: `https://example.com/${target}`, at: '2026-11-24T09:00:00Z' });
    },
  };
}
const morning = paper('morning');
const evening = paper('evening');
const { publish } = createPublish({ publishers: { morning, evening } } as unknown as Services);

it('hands the edition to its target alone, as it was approved', async () => {
  expect(await perform(publish, { target: 'evening', edition })).toEqual({
    target: 'evening',
    url: 'https://example.com/evening',
    at: '2026-11-24T09:00:00Z',
  });
  expect(evening.printed).toEqual([edition]);
  expect(morning.printed).toEqual([]);
});

it('knows no other target, which no retry can mend', async () => {
  await expect(perform(publish, { target: 'billboard', edition })).rejects.toMatchObject({
    type: 'Input.UnknownTarget',
    nonRetryable: true,
    message: "target 'billboard' is not one of morning, evening",
  });
});
