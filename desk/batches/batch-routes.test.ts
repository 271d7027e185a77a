import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsedIdError } from '../../client/errors.js';
import type { BatchPost } from '../../contract/status.js';
import { DESK_URL, OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';

const ID = 'BatchBatch01';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
  await desk.saveBatch();
  await desk.savePost(waitingPost('WaitingPost1'));
}, OPENING_MS);
afterAll(() => desk.close());
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.running.batches.clear();
});

const page = async (path: string): Promise<string> => (await desk.getSignedIn(path)).text();
const post = async (
  path: string,
  fields: Record<string, string> = {},
  headers: Record<string, string> = {},
) =>
  desk.app.request(path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { Authorization: `Bearer ${TOKEN}`, Origin: DESK_URL, ...headers },
  });

const batchPost = (id: string, changes: Partial<BatchPost> = {}): BatchPost => ({
  ...{
    id,
    title: `Title of ${id}`,
    contentFormat: 'hero_text',
    status: 'awaiting_approval',
    gate: 'publish',
  },
  ...{ revision: 1, costUsd: 0.06, step: null, error: null, ...changes },
});

describe('the list', () => {
  it('shows each batch with its state, its posts, its cost and what it may spend', async () => {
    const list = await page('/desk/batches');
    expect(list).toContain(`href="/desk/batches/${ID}"`);
    expect(list).toContain('Ships and ports');
    expect(list).toContain('1 video, 4 hero text');
    expect(list).toContain('1 awaiting approval');
    expect(list).toMatch(/\$0\.06 <span class="quiet">of \$2\.00/);
  });

  it('is asked again by its part alone', async () => {
    const part = await page('/desk/batches?part=list');
    expect(part).toMatch(/^<ul/);
    expect(part).toContain(ID);
  });

  it('pages on to older ones, and keeps to an account', async () => {
    for (let index = 0; index < 51; index += 1) {
      const createdAt = `2025-01-01T00:00:${String(index).padStart(2, '0')}.000Z`;
      const id = `OldOldOldO${String(index).padStart(2, '0')}`;
      await desk.saveBatch(sampleBatch({ id, createdAt }));
    }
    const first = await page('/desk/batches?account=harbor');
    expect(first.match(/<li /g)).toHaveLength(50);
    const [, older = ''] = /<a href="([^"]+)" rel="next">/.exec(first) ?? [];
    const second = await page(older.replaceAll('&amp;', '&'));
    expect(second.match(/<li /g)).toHaveLength(2);
    expect(second).toContain('OldOldOldO00');
    expect(await page('/desk/batches?account=nobody')).toContain('No batch yet');
  });

  it('is for the signed-in', async () => {
    const answer = await desk.get('/desk/batches');
    expect(answer.status).toBe(401);
    expect(await answer.text()).toContain('action="/desk/sign-in"');
  });
});

describe('a batch', () => {
  it('shows its posts as its workflow knows them, with what blocks one in the words of its provider', async () => {
    const error = { type: 'Provider.ContentPolicy', message: 'The image was <refused>.', requestId: 'req-7' };
    const posts = [
      batchPost('WaitingPost1'),
      batchPost('BlockedPost1', { status: 'blocked', gate: null, error }),
      batchPost('WorkingPost1', { status: 'illustrating', gate: null, step: 'hero_image' }),
    ];
    const counts = { awaiting_approval: 1, blocked: 1, illustrating: 1 };
    desk.running.batches.set(ID, sampleBatch({ posts, counts, unknownUsd: 0.02 }));
    const shown = await page(`/desk/batches/${ID}`);
    expect(shown).toContain('href="/desk/posts/WaitingPost1"');
    expect(shown).toContain('src="/assets/WaitingPost1_hero.png?w=240"');
    expect(shown).toContain('The image was &lt;refused&gt;.');
    expect(shown).toContain('request req-7');
    expect(shown).toContain('hero text · Hero image');
    expect(shown).toMatch(/<dt>Unknown<\/dt><dd class="number">\$0\.02/);
    expect(shown).toMatch(/Approve all[\s\S]*Resume[\s\S]*Pause[\s\S]*Cancel batch/);
    const blocked = await page(`/desk/batches/${ID}?status=blocked`);
    expect(blocked).toContain('id="post-BlockedPost1"');
    expect(blocked).not.toContain('id="post-WaitingPost1"');
    expect(blocked).toContain(`hx-get="/desk/batches/${ID}?status=blocked&amp;part=now"`);
    expect(await page(`/desk/batches/${ID}?part=now`)).not.toContain('<html');
  });

  it('has no buttons once it has ended', async () => {
    await desk.saveBatch(sampleBatch({ id: 'DoneBatch001', status: 'done', counts: { published: 1 } }));
    const shown = await page('/desk/batches/DoneBatch001');
    expect(shown).not.toContain('Cancel batch');
    expect(shown).not.toContain('Set budget');
    expect((await desk.getSignedIn('/desk/batches/DoneBatch001/cancel')).status).toBe(303);
  });

  it('is not there for an id of none', async () => {
    expect((await desk.getSignedIn('/desk/batches/NoNoNoNoNoNo')).status).toBe(404);
    expect((await post('/desk/batches/NoNoNoNoNoNo/pause')).status).toBe(404);
  });

  it.each([
    ['approve', { by: 'editor' }, 'approveAll'],
    ['pause', { by: 'editor' }, 'pause'],
    ['resume', { by: 'editor' }, 'resume'],
    ['budget', { by: 'editor', usd: 7.5 }, 'setBudget'],
    ['cancel', { by: 'editor', reason: 'too late' }, 'cancel'],
  ])('is told to %s by a form, once it may', async (order, value, what) => {
    desk.running.batches.set(
      ID,
      sampleBatch({ posts: [batchPost('WaitingPost1')], status: statusFor(order) }),
    );
    const answer = await post(`/desk/batches/${ID}/${order}`, { usd: '$7.50', reason: 'too late' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe(`/desk/batches/${ID}?done=${order}`);
    expect(desk.workflows.told).toEqual([{ what, id: ID, value }]);
    expect(await page(String(answer.headers.get('location')))).toContain('role="status"');
  });

  const statusFor = (order: string) => (order === 'resume' ? 'paused' : 'running');

  it('says why it was not told', async () => {
    desk.running.batches.set(ID, sampleBatch({ posts: [], status: 'running' }));
    const none = await post(`/desk/batches/${ID}/approve`);
    expect(none.status).toBe(409);
    expect(await none.text()).toContain('no post that waits for approval');
    const wrong = await post(`/desk/batches/${ID}/budget`, { usd: 'much' });
    expect(wrong.status).toBe(400);
    expect(desk.workflows.told).toEqual([]);
  });

  it('takes no form of another site, and asks on a page before it is cancelled', async () => {
    desk.running.batches.set(ID, sampleBatch());
    expect((await post(`/desk/batches/${ID}/pause`, {}, { Origin: 'https://evil.example' })).status).toBe(
      403,
    );
    const asked = await page(`/desk/batches/${ID}/cancel`);
    expect(asked).toContain('Cancel this batch?');
    expect(desk.workflows.told).toEqual([]);
  });
});

describe('a new batch', () => {
  const form = { id: 'NewNewNewN01', account: 'harbor', planner: 'ships_and_ports', count_hero_text: '2' };

  it('has a form with what each planner covers, and an estimate', async () => {
    const shown = await page('/desk/batches/new?account=harbor');
    expect(shown).toContain('Ports.');
    expect(shown).toMatch(/<button type="submit" formaction="\/desk\/batches">Start batch<\/button>/);
    expect(shown).toContain('It fits the batch');
    expect(shown).toMatch(/name="id" value="[A-Za-z0-9]{12}"/);
  });

  it('estimates what is typed, against the budget that is typed, and starts nothing', async () => {
    const answer = await post('/desk/batches/new', {
      ...form,
      count_hero_text: '40',
      budget: '0.01',
      brief: 'Fog',
    });
    const shown = await answer.text();
    expect(shown).toContain('It is over the batch&#39;s budget of $0.01');
    expect(shown).toContain('value="40"');
    expect(shown).toContain('>Fog</textarea>');
    expect(shown).toContain('value="NewNewNewN01"');
    const part = await (await post('/desk/batches/new?part=estimate', form)).text();
    expect(part).toMatch(/^<p class="sum">/);
    expect(desk.workflows.told).toEqual([]);
  });

  it('starts once, however often it is sent', async () => {
    const first = await post('/desk/batches', { ...form, budget: '1.25', repeat: 'New readers' });
    expect(first.headers.get('location')).toBe('/desk/batches/NewNewNewN01?done=start');
    expect(desk.workflows.told).toMatchObject([
      {
        what: 'start',
        id: 'NewNewNewN01',
        value: { planner: 'ships_and_ports', mix: { hero_text: 2 }, budgetUsd: 1.25, repeat: 'New readers' },
      },
    ]);
    vi.spyOn(desk.workflows.batches, 'start').mockRejectedValueOnce(
      new UsedIdError('NewNewNewN01', 'default'),
    );
    const second = await post('/desk/batches', form);
    expect(second.headers.get('location')).toBe('/desk/batches/NewNewNewN01?done=started-before');
    const archived = await post('/desk/batches', { ...form, id: ID });
    expect(archived.headers.get('location')).toBe(`/desk/batches/${ID}?done=started-before`);
  });

  it('says beside each field what is wrong, and keeps what was typed', async () => {
    const answer = await post('/desk/batches', {
      ...form,
      count_hero_text: '0',
      budget: 'lots',
      brief: 'Fog',
    });
    expect(answer.status).toBe(400);
    const shown = await answer.text();
    expect(shown).toContain('Give the number of posts of at least one format.');
    expect(shown).toMatch(/id="budget-problem" class="field-problem"/);
    expect(shown).toContain('>Fog</textarea>');
    expect(desk.workflows.told).toEqual([]);
  });

  it('is of an account whose file is right, and says where one is not', async () => {
    await desk.writeAccount('broken', 'name: [');
    await desk.writeAccount(
      'other',
      accountFileText(
        sampleAccount({ handle: 'other', planners: { fog: { covers: 'Fog.', guidance: 'See.' } } }),
      ),
    );
    const shown = await (await post('/desk/batches/new', { ...form, choose: 'other', brief: 'Kept' })).text();
    expect(shown).toMatch(/value="other" aria-pressed="true"/);
    expect(shown).toContain('Fog.');
    expect(shown).toContain('>Kept</textarea>');
    expect(shown).toContain('One account file can&#39;t be used');
    const refused = await post('/desk/batches', { ...form, account: 'broken' });
    expect(refused.status).toBe(400);
  });
});

it('shows no title of a post as markup', async () => {
  const posts = [batchPost('HostilePost1', { title: '<script>x</script>' })];
  desk.running.batches.set(ID, sampleBatch({ posts, brief: '"><img src=x>', repeat: '<img src=y>' }));
  await desk.savePost(samplePost('HostilePost1'));
  const shown = await page(`/desk/batches/${ID}`);
  expect(shown).not.toContain('<script>x');
  expect(shown).not.toContain('<img src=x>');
  expect(shown).not.toContain('<img src=y>');
  expect(shown).toContain('A repeat is wanted');
});
