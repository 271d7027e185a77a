import { expect, it } from 'vitest';
import { facetsOf } from './facets.js';

/** What each facet covers, by its bytes, and what it is. */
async function read(text: string): Promise<[string, object][]> {
  const bytes = Buffer.from(text);
  return (await facetsOf(text)).map(({ index, features }) => {
    const { tag, uri } = features[0] as { tag?: string; uri?: string };
    return [bytes.subarray(index.byteStart, index.byteEnd).toString(), tag === undefined ? { uri } : { tag }];
  });
}
const hashtag = (word: string) => [`#${word}`, { tag: word }];
const link = (uri: string) => [uri, { uri }];

it('finds hashtags and links behind characters of many bytes', async () => {
  const url = 'https://desk.example/@ash/posts/UpkTZ26nc9Eb';
  const facets = await read(`הַשָּׁעוֹן 👨‍👩‍👧‍👦 港の時計\n\n#clocks #høyde #港 #2026\n\n${url}`);
  expect(facets).toEqual([hashtag('clocks'), hashtag('høyde'), hashtag('港'), link(url)]);
});

it('links no more than the address', async () => {
  const facets = await read('See (https://a.example/b), or http://127.0.0.1:8300/@ash/posts/x.');
  expect(facets).toEqual([link('https://a.example/b'), link('http://127.0.0.1:8300/@ash/posts/x')]);
});

it('mentions nobody, and finds nothing in words alone', async () => {
  expect(await read('@pfrazee.com says hi, at a # of places; C# too')).toEqual([]);
  expect(await read('')).toEqual([]);
});
