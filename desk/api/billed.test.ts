import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';

const PUBLIC = 'PublicPost01';
const DISCREET = 'DeskPost0001';
const WAITING = 'WaitingPost1';
const UNBILLED = 'PublicPost02';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  await desk.publish(samplePost(PUBLIC));
  await desk.publish(samplePost(UNBILLED));
  await desk.savePost(waitingPost(WAITING));
  desk.running.posts.set(WAITING, waitingPost(WAITING, { title: 'As it runs' }));
  const pier = sampleAccount({ handle: 'pier', record: 'desk' });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'pier' }), pier);
  await desk.publish(samplePost(DISCREET, { account: 'pier', batchId: 'BatchBatch02' }));
  for (const postId of [PUBLIC, DISCREET, WAITING]) {
    const picture = charge('hero_image', { provider: 'fal', requestId: `request-of-${postId}` });
    const payer = { account: 'harbor', planner: 'ships_and_ports', batchId: 'BatchBatch01', postId };
    await desk.archive.ledger.settle({ payer, charges: [picture] });
    const bill = { amount: 54_000_000, units: '1', at: '2026-05-12T10:00:00.000Z' };
    await desk.archive.ledger.saveBills([{ ...bill, requestId: `request-of-${postId}` }]);
  }
}, OPENING_MS);
afterAll(() => desk.close());

const json = async (answer: Promise<Response>): Promise<any> => (await answer).json();
const text = async (answer: Promise<Response>): Promise<string> =>
  (await (await answer).text()).replace(/<[^>]*>/g, '').replace(/\s+/g, ' ');
const WORDS = '$0.06 total · billed $0.05, $0.0060 less than counted · published 48d ago';

describe('what was billed', () => {
  it('stands beside the cost of a public record, for everybody', async () => {
    const document = await json(desk.get(`/api/posts/${PUBLIC}`));
    expect(document).toMatchObject({ costUsd: 0.0642, billedUsd: 0.054 });
    expect(await text(desk.get(`/@harbor/posts/${PUBLIC}`))).toContain(WORDS);
  });

  it('is kept at the desk where the costs are', async () => {
    expect(await json(desk.get(`/api/posts/${DISCREET}`))).not.toHaveProperty('billedUsd');
    expect(await text(desk.get(`/@pier/posts/${DISCREET}`))).not.toContain('billed');
    expect(await json(desk.getSignedIn(`/api/posts/${DISCREET}`))).toMatchObject({ billedUsd: 0.054 });
    expect(await text(desk.getSignedIn(`/@pier/posts/${DISCREET}`))).toContain(WORDS);
  });

  it('stands beside what a running workflow tells', async () => {
    const document = await json(desk.getSignedIn(`/api/posts/${WAITING}`));
    expect(document).toMatchObject({ title: 'As it runs', billedUsd: 0.054 });
  });

  it('is not there before a bill is known', async () => {
    expect(await json(desk.get(`/api/posts/${UNBILLED}`))).not.toHaveProperty('billedUsd');
    expect(await text(desk.get(`/@harbor/posts/${UNBILLED}`))).not.toContain('billed');
  });
});
