/** The calls that docs/api.md shows are sent to a desk, and taken. */
import { parseArgs } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../desk/testing/use-desk.js';
import { sampleAccount, sampleBatch, sampleSchedule, waitingPost } from '../desk/testing/samples.js';
import { parsePeople } from '../config/people/parse.js';
import { fences, read, commandsOf } from './docs/pages.js';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch(sampleBatch(), sampleAccount());
  const crumb = 'crumbandcrust';
  const file = parse(read(`accounts/${crumb}.yaml`)) as object;
  await desk.writeAccount(crumb, JSON.stringify({ ...file, chat: {} }));
  await desk.savePost(waitingPost('UpkTZ26nc9Eb'));
  desk.workflows.kept.set(
    'Zr4hK8vYp1Nc',
    sampleSchedule({ id: 'Zr4hK8vYp1Nc', account: crumb, planner: 'sourdough' }),
  );
  desk.running.batches.set('Zr4hK8vYp1Nc', sampleBatch({ id: 'Zr4hK8vYp1Nc' }));
}, OPENING_MS);
afterAll(() => desk.close());

const DESK = 'http://127.0.0.1:8300';
const OPTIONS = {
  request: { type: 'string', short: 'X', default: 'GET' },
  header: { type: 'string', short: 'H', multiple: true },
  data: { type: 'string', short: 'd' },
} as const;

/** @throws Error for an option that is not one of those that we use */
function readCall(line: string) {
  const [command] = commandsOf(line.replaceAll('\\\n', ' ').replaceAll('$COPYDESK_TOKEN', TOKEN));
  const [curl, ...args] = command!.words;
  const { values, positionals } = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  if (curl !== 'curl' || positionals.length !== 1 || !positionals[0]!.startsWith(`${DESK}/`))
    throw new Error(`no call of a desk by curl: ${line}`);
  const { request: method, data: body, header = [] } = values;
  const headers = Object.fromEntries(header.map((one) => one.split(': ') as [string, string]));
  return { path: positionals[0]!.slice(DESK.length), init: { method, headers, ...(body && { body }) } };
}

const calls = fences(read('docs/api.md'))
  .filter(({ language }) => language === 'sh')
  .map(({ text }) => readCall(text));

it('docs/api.md shows how to read, decide, start, share and ask', () =>
  expect(calls.length).toBeGreaterThan(4));

const named = calls.map((call) => [`${call.init.method} ${call.path}`, call] as const);
it.each(named)('%s', async (_name, { path, init }) => {
  const answer = await desk.app.request(path, init);
  expect([answer.status, await answer.json()]).toEqual([200, expect.not.objectContaining({ error: {} })]);
});

it('the file of people that it shows is one', () => {
  const [file] = fences(read('docs/api.md')).filter(({ language }) => language === 'yaml');
  expect(parsePeople('people.yaml', file!.text).map(({ name, role }) => [name, role])).toEqual([
    ['maria', 'editor'],
    ['jo', 'viewer'],
  ]);
});
