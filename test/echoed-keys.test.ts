import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import type { BatchStatus } from '../contract/status.js';
import { ODD_FAL_KEY, ODD_KEY, startEcho, tracesOf, type EchoServer } from '../services/testing/echo.js';
import { AllInOne, type Ready } from './all-in-one.js';

const PLANNER = 'foundation_models_and_inference_economics';
const TOKEN = 'a-token-of-the-desk-2026';

let install: AllInOne;
let provider: EchoServer;
afterEach(async () => {
  await install.close();
  await provider.close();
});

/** Everything that a person, a program or a file of this install can tell of a batch and its posts. */
async function allThatIsTold(ready: Ready, batchId: string, posts: readonly string[]): Promise<string> {
  const address = ready.temporal;
  const histories = [`batch/${batchId}`, ...posts.map((id) => `post/${id}`)].map((id) =>
    install.temporal('workflow', 'show', '--address', address, '--workflow-id', id, '--output', 'json'),
  );
  const commands = [
    ['batch', 'status', batchId],
    ['batch', 'list'],
    ['post', 'list'],
    ['costs', '--by', 'model'],
    ['archive', 'export'],
    ...posts.map((id) => ['post', 'status', id]),
  ].flatMap((args) => [install.command(...args), install.command(...args, '--json')]);
  const headers = { authorization: `Bearer ${TOKEN}` };
  const pages = [`/api/batches/${batchId}`, '/api/posts', '/desk', ...posts.map((id) => `/api/posts/${id}`)];
  const answers = pages.map(async (path) => (await fetch(`${ready.desk}${path}`, { headers })).text());
  const ended = await Promise.all([...histories, ...commands]);
  const files = ['temporal.log', 'processes.json'].map((name) =>
    readFileSync(join(install.data, name), 'utf8'),
  );
  return [
    ...ended.flatMap(({ stdout, stderr }) => [stdout, stderr]),
    ...(await Promise.all(answers)),
    ...files,
  ].join('\n');
}

const isHalted = ({ status, posts }: BatchStatus): boolean =>
  status === 'blocked' || (posts.length > 0 && posts.every((post) => post.status === 'blocked'));

/** Some of the ways; the tests of the services have them all. */
const PLAYED = [
  ...['in quotes', 'as base64', 'in an address', 'as a title', 'in fal words'],
  'in parts over the fields',
];

/** Has the provider repeat its key in one way after the other. */
async function play(ready: Ready, keys: readonly string[]): Promise<void> {
  const args = ['--account', 'ashtalksai', '--planner', PLANNER, '--mix', 'hero_text=1'];
  const told: string[] = [];
  for (const echo of PLAYED) {
    provider.echo = echo;
    const { batchId } = await install.json<{ batchId: string }>('batch', 'start', ...args);
    const halted = await install.jsonUntil<BatchStatus>(['batch', 'status', batchId], isHalted);
    told.push(JSON.stringify(halted));
    const posts = halted.posts.map(({ id }) => id);
    if (echo === 'in parts over the fields') told.push(await allThatIsTold(ready, batchId, posts));
  }
  const said = [...told, install.said].join('\n');
  expect(said).toContain('[key]');
  for (const key of keys) expect(tracesOf(key, said)).toEqual([]);
}

it('a key of the text provider is in no history, record, log, page or command', async () => {
  provider = await startEcho();
  install = new AllInOne();
  const ready = await install.start({
    ...{ OPENAI_API_KEY: ODD_KEY, OPENAI_BASE_URL: provider.url, OPENAI_API: 'responses' },
    ...{ COPYDESK_TOKEN: TOKEN, COPYDESK_LOG: 'debug', COPYDESK_TEXT_TIMEOUT: '20' },
  });
  await play(ready, [ODD_KEY]);
  const { stdout } = await promisify(execFile)('find', [
    // What PGlite makes later it opens to all again, in a folder that nobody else enters.
    ...[install.data, '-path', '*/pgdata/*', '-prune', '-o', '-perm', '/077', '-print'],
  ]);
  expect(stdout).toBe('');
}, 300_000);

it('nor is one of the media provider', async () => {
  provider = await startEcho();
  install = new AllInOne();
  const ready = await install.start({
    ...{ FAL_KEY: ODD_FAL_KEY, FAL_ADMIN_KEY: ODD_KEY, FAL_BASE_URL: provider.url, COPYDESK_TOKEN: TOKEN },
    ...{ COPYDESK_LOG: 'debug', COPYDESK_ADOPT_SECONDS: '2' },
  });
  await play(ready, [ODD_FAL_KEY, ODD_KEY]);
}, 300_000);
