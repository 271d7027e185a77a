/**
 * Odd requests and files, drawn at random. A short run in `npm test`; `npm run test:fuzz` goes on for FUZZ_SECONDS, an hour when
 * unset. COPYDESK_TEST_FUZZ_SEED takes the seed that a run has printed.
 */
import { randomInt } from 'node:crypto';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { endLine } from '../contract/archive-export.js';
import { OPENING_MS, TOKEN, useDeskOverHttp } from '../desk/testing/use-desk.js';
import { sampleBatch, samplePost } from '../desk/testing/samples.js';
import { charge } from '../services/archive/sample-records.js';
import { requests, type Fuzzable } from './fuzz/http.js';
import { media } from './fuzz/media.js';
import { parsers } from './fuzz/parsers.js';
import { fuzz, type Target } from './fuzz/run.js';
import { until } from './until.js';

const LONG = process.env.COPYDESK_TEST_FUZZ_SECONDS;
const SEED = Number(process.env.COPYDESK_TEST_FUZZ_SEED ?? randomInt(1_000_000));
/** What a long run gives to each: half of it to the requests. */
const share = (part: number): number | null => (LONG === undefined ? null : Number(LONG) * part);
vi.setConfig({ testTimeout: 600_000 + 1_000 * Number(LONG ?? 0) });

/** Not through vitest, which holds lines back until a test has ended. */
const say = (line: string): unknown => process.stderr.write(`${line}\n`);

const POST = 'PublicPost01';
let given: Fuzzable;
const { desk, served } = useDeskOverHttp();
beforeAll(async () => {
  const batch = sampleBatch();
  await desk.saveBatch(batch);
  await desk.publish(samplePost(POST));
  const payer = { account: batch.account, planner: batch.planner, batchId: batch.id, postId: POST };
  await desk.archive.ledger.settle({ payer, charges: [charge('hero_image', { requestId: 'req_1' })] });
  await desk.archive.ledger.saveBills([
    { requestId: 'req_1', amount: 3, units: '1.5', at: '2026-11-24T10:09:00.000Z' },
  ]);
  const exported = await (await desk.getSignedIn('/api/archive')).text();
  given = {
    ...{ url: served.url, token: TOKEN, exported },
    ...{ handle: batch.account, postId: POST, batchId: batch.id, asset: `${POST}_hero.png` },
  };
}, OPENING_MS);

async function findNothing(target: Target, part: number): Promise<void> {
  const { runs, findings } = await fuzz(target, { seconds: share(part), seed: SEED, say });
  expect(findings).toEqual([]);
  expect(runs).toBeGreaterThan(0);
}

describe('a desk that is asked at random', () => {
  it('answers every request, none with a 500, and leaves no connection', async () => {
    const before = openSockets();
    await findNothing(requests(given), 0.5);
    await until(
      async () => openSockets(),
      (open) => open <= before,
    );
    // It still answers, whatever was imported meanwhile.
    for (const path of [`/@${given.handle}`, '/desk', '/api/posts', '/api/costs'])
      expect((await desk.getSignedIn(path)).status, path).toBe(200);
  });
});

describe('a parser of what comes from outside', () => {
  const names = parsers(endLine(0)).map(({ name }) => name);
  it.each(names)('of %s refuses in time, in words of its own', async (name) => {
    const target = parsers(given.exported).find((one) => one.name === name)!;
    await findNothing(target, 0.3 / names.length);
  });

  it('of pictures and clips refuses in time, in words of its own', async () => {
    for (const target of await media()) await findNothing(target, 0.2 / 3);
  });
});

const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'TCPSocketWrap').length;
