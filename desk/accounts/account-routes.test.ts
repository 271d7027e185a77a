import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { accountFileText, sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  await desk.savePost(waitingPost('WaitingPost1'));
  await desk.saveBatch(
    sampleBatch({ id: 'GoneBatch001', account: 'gone' }),
    sampleAccount({ handle: 'gone', name: 'Gone' }),
  );
  await desk.writeAccount('gone', null);
  await desk.writeAccount('broken', 'name: Broken\nvoise: Loud.\n');
}, OPENING_MS);
afterAll(() => desk.close());

const page = async (path: string): Promise<string> => (await desk.getSignedIn(path)).text();

it('lists every account with its posts, and every file with what is wrong in it', async () => {
  const list = await page('/desk/accounts');
  expect(list).toContain('href="/desk/accounts/harbor"');
  expect(list).toContain('1 awaiting approval');
  expect(list).toContain('no file');
  expect(list).toMatch(/broken\.yaml:2<\/code> <strong>voise<\/strong>: unknown key; did you mean voice\?/);
});

it('shows a file as a page to read', async () => {
  const shown = await page('/desk/accounts/harbor');
  for (const words of [
    'Dry and exact.',
    'Ink and wash.',
    'Ports.',
    'Be exact.',
    'gpt-6-luna',
    'Each batch',
    'Europe/Warsaw',
  ])
    expect(shown).toContain(words);
  expect(shown).toContain('href="/desk/batches/new?account=harbor&amp;planner=ships_and_ports"');
  expect(shown).toContain('href="/@harbor"');
  expect(shown).toContain('href="/desk/batches/BatchBatch01"');
});

it('shows what the file says now, and what is wrong in it', async () => {
  await desk.writeAccount(
    'fresh',
    accountFileText(sampleAccount({ handle: 'fresh', voice: 'New every day.' })),
  );
  expect(await page('/desk/accounts/fresh')).toContain('New every day.');
  await desk.writeAccount('fresh', 'voice: ""\n');
  const broken = await page('/desk/accounts/fresh');
  expect(broken).toMatch(/fresh\.yaml:1<\/code> <strong>voice<\/strong>: is empty/);
  expect(broken).toContain('problems keep');
});

it('shows an account without a file as its last batch kept it', async () => {
  const shown = await page('/desk/accounts/gone');
  expect(shown).toContain('Its file is gone');
  expect(shown).not.toContain('New batch');
});

it('knows no other', async () => {
  expect((await desk.getSignedIn('/desk/accounts/nobody')).status).toBe(404);
  expect((await desk.getSignedIn('/desk/accounts/..%2F..%2Fetc')).status).toBe(404);
  expect((await desk.get('/desk/accounts')).status).toBe(401);
});
