import { expect, it } from 'vitest';
import { facetsOf } from './facets.js';

/** What each facet covers, by its bytes, and what it is. */
async function read(text: string): Promise<[string, object][]> {
  const bytes = Buffer.from(text);
  const facets = await facetsOf(text);
  return facets.map(({ index, features }) => {
    const { tag, uri } = features[0] as { tag?: string; uri?: string };
    return [bytes.subarray(index.byteStart, index.byteEnd).toString(), tag === undefined ? { uri } : { tag }];
  });
}

it('finds hashtags and links behind characters of many bytes', async () => {
  const text =
    'הַשָּׁעוֹן 👨‍👩‍👧‍👦 港の時計\n\n#clocks #høyde #港 #2026\n\nhttps://desk.example/@ash/posts/UpkTZ26nc9Eb';
  expect(await read(text)).toEqual([
    ['#clocks', { tag: 'clocks' }],
    ['#høyde', { tag: 'høyde' }],
    ['#港', { tag: '港' }],
    ['https://desk.example/@ash/posts/UpkTZ26nc9Eb', { uri: 'https://desk.example/@ash/posts/UpkTZ26nc9Eb' }],
  ]);
});

it('links no more than the address', async () => {
  expect(await read('See (https://a.example/b), or http://127.0.0.1:8300/@ash/posts/x.')).toEqual([
    ['https://a.example/b', { uri: 'https://a.example/b' }],
    ['http://127.0.0.1:8300/@ash/posts/x', { uri: 'http://127.0.0.1:8300/@ash/posts/x' }],
  ]);
});

it('mentions nobody, and finds nothing in words alone', async () => {
  expect(await read('@pfrazee.com says hi, at a # of places; C# too')).toEqual([]);
  expect(await read('')).toEqual([]);
});
