import { expect, it } from 'vitest';
import { recordedEdition, postRecord, batchRecord } from '../archive/sample-records.js';
import { facetsOf, recordKey } from './bluesky.js';

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

const sample = recordedEdition(postRecord('UpkTZ26nc9Eb', batchRecord('Batch0000001', 'ashtalksai')));
const target = { kind: 'bluesky', name: 'bluesky', settings: {} };

/** A TID as its specification has it. @returns its time */
function timeOf(tid: string): Date {
  expect(tid).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
  let value = 0n;
  for (const digit of tid) value = (value << 5n) | BigInt('234567abcdefghijklmnopqrstuvwxyz'.indexOf(digit));
  return new Date(Number((value >> 10n) / 1_000n));
}

it('is the same for the same post, target and revision, whatever else is said', () => {
  const others = { ...sample, text: 'Others', at: new Date().toISOString(), assets: [] };
  expect(recordKey(sample, target)).toBe(recordKey(others, { ...target, settings: { a: 'b' } }));
  // Kept, so that a new version finds what one of before has published.
  expect(recordKey({ ...sample, revision: 1 }, target)).toBe('3l56ikmsnp4hq');
});

it('is another for another post, target or revision, and a time that is over', () => {
  const facts = Array.from({ length: 2_000 }, (_, at) => [at % 500, (at % 2) + 1, at % 4] as const);
  const keys = facts.map(([post, revision, to]) =>
    recordKey({ ...sample, postId: `Post${post}`, revision }, { ...target, name: `to${to}` }),
  );
  expect(new Set(keys).size).toBe(new Set(facts.map(String)).size);
  for (const time of keys.map(timeOf)) {
    expect(time.getTime()).toBeGreaterThanOrEqual(Date.UTC(2023, 0, 1));
    expect(time.getTime()).toBeLessThan(Date.UTC(2026, 0, 1));
  }
});
