/** The calls that docs/api.md shows are sent to a desk, and taken. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../desk/testing/desk-under-test.js';
import { sampleAccount, sampleBatch, waitingPost } from '../desk/testing/samples.js';
import { parsePeople } from '../config/people/parse.js';
import { curlCalls } from './docs/curl.js';
import { fences, read } from './docs/pages.js';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch(), sampleAccount());
  const crumb = 'crumbandcrust';
  const file = parse(readFileSync(`accounts/${crumb}.yaml`, 'utf8')) as object;
  await desk.writeAccount(crumb, JSON.stringify({ ...file, chat: {} }));
  await desk.savePost(waitingPost('UpkTZ26nc9Eb'));
  desk.running.batches.set('Zr4hK8vYp1Nc', sampleBatch({ id: 'Zr4hK8vYp1Nc' }));
}, OPENING_MS);
afterAll(() => desk.close());

const calls = curlCalls('docs/api.md');

it('docs/api.md shows how to read, decide, start, share and ask', () =>
  expect(calls.length).toBeGreaterThan(4));

it.each(calls.map((call) => [`${call.method} ${call.path}`, call] as const))('%s', async (_name, call) => {
  const headers = Object.fromEntries(
    Object.entries(call.headers).map(([name, value]) => [name, value.replace('$COPYDESK_TOKEN', TOKEN)]),
  );
  const answer = await desk.app.request(call.path, { ...call, headers });
  expect([answer.status, await answer.json()]).toEqual([200, expect.not.objectContaining({ error: {} })]);
});

it('the file of people that it shows is one', () => {
  const [file] = fences(read('docs/api.md')).filter(({ language }) => language === 'yaml');
  expect(parsePeople('people.yaml', file!.text).map(({ name, role }) => [name, role])).toEqual([
    ['maria', 'editor'],
    ['jo', 'viewer'],
  ]);
});
