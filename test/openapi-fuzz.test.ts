/**
 * schemathesis asks every address of the HTTP API, as its document describes them and otherwise: no answer may be a failure of the
 * desk, or off the document. COPYDESK_TEST_FUZZ_SEED takes the seed that a run has printed.
 */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ENDPOINTS } from '../contract/api/openapi.js';
import { OPENING_MS, TOKEN, useDeskOverHttp } from '../desk/testing/use-desk.js';
import { sampleBatch, samplePost, waitingPost } from '../desk/testing/samples.js';
import { tempFolder } from '../services/testing/temp-folder.js';

const PROGRAM = process.env.COPYDESK_TEST_SCHEMATHESIS ?? 'schemathesis';
const SEED = Number(process.env.COPYDESK_TEST_FUZZ_SEED ?? randomInt(1_000_000));
const CHECKS = [
  ...['not_a_server_error', 'status_code_conformance', 'content_type_conformance'],
  ...['response_headers_conformance', 'response_schema_conformance'],
];

const folder = tempFolder();
const { desk, served } = useDeskOverHttp();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.publish(samplePost('PublicPost01'));
  await desk.savePost(waitingPost('UpkTZ26nc9Eb'));
  desk.running.batches.set('UpkTZ26nc9Eb', sampleBatch({ id: 'UpkTZ26nc9Eb' }));
}, OPENING_MS);

/** Runs it to its end. @returns its exit code and what it printed */
async function schemathesis(...args: string[]): Promise<[number | null, string]> {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(PROGRAM, args, { cwd: folder, env: { PATH, HOME, NO_COLOR: '1' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return [code, said];
}

it('finds an answer that its document lacks', async () => {
  const document = (await (await desk.getSignedIn('/api/openapi.json')).json()) as any;
  delete document.paths['/api/batches/{id}'].get.responses['404'];
  const file = join(folder, 'lacking.json');
  writeFileSync(file, JSON.stringify(document));
  const [code, said] = await schemathesis(
    ...['run', file, '--url', served.url, '--header', `Authorization: Bearer ${TOKEN}`],
    ...['--include-operation-id', 'readBatch', '--checks', CHECKS.join(','), '--phases', 'fuzzing'],
    ...['--mode', 'positive', '--max-examples', '30', '--seed', '1'],
  );
  expect([code, said]).toEqual([1, expect.stringMatching(/Undocumented status code\s+Received: 404/)]);
});

it('finds no failure of the desk, and no answer off the document', async () => {
  const [code, said] = await schemathesis(
    ...['run', `${served.url}/api/openapi.json`, '--url', served.url],
    ...['--header', `Authorization: Bearer ${TOKEN}`, '--exclude-path', '/api/events'],
    ...['--checks', CHECKS.join(','), '--phases', 'examples,coverage,fuzzing'],
    ...['--max-examples', '25', '--seed', String(SEED)],
    ...['--request-timeout', '20', '--suppress-health-check', 'all'],
  );
  expect(said).toMatch(new RegExp(`\\b${ENDPOINTS.length - 1}\\b`));
  expect(code, `seed ${SEED}\n${said}`).toBe(0);
}, 300_000);
