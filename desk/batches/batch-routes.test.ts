import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UsedIdError } from '../../client/errors.js';
import { expectShown, useDesk } from '../testing/use-desk.js';
import { sampleBatch, sampleBatchPost, samplePost, waitingPost } from '../testing/samples.js';

const ID = 'BatchBatch01';
const PAGE = `/desk/batches/${ID}`;

const desk = useDesk();
beforeAll(async () => {
  await desk.saveBatch();
  await desk.savePost(waitingPost('WaitingPost1'));
});
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.running.batches.clear();
});

const page = (path: string): Promise<string> => desk.textSignedIn(path);
const post = (path: string, fields: Record<string, string> = {}) => desk.postSignedIn(path, fields);

describe('the list', () => {
  it('shows each batch with its state, its posts, its cost and what it may spend; also as its part alone', async () => {
    const [whole, part] = [await page('/desk/batches'), await page('/desk/batches?part=list')];
    expectShown(whole, [`href="${PAGE}"`, 'Ships and ports', '1 video, 4 hero text', '1 awaiting approval']);
    expectShown(whole, ['$0.06 <span class="quiet">of $2.00']);
    expect(part).toMatch(/^<ul/);
    expect(part).toContain(ID);
  });

  it('pages on to older ones, and keeps to an account', async () => {
    for (let index = 0; index < 51; index += 1) {
      const n = String(index).padStart(2, '0');
      await desk.saveBatch(sampleBatch({ id: `OldOldOldO${n}`, createdAt: `2025-01-01T00:00:${n}.000Z` }));
    }
    const first = await page('/desk/batches?account=harbor');
    expect(first.match(/<li /g)).toHaveLength(50);
    const [, older = ''] = /<a href="([^"]+)" rel="next">/.exec(first) ?? [];
    const second = await page(older.replaceAll('&amp;', '&'));
    expect(second.match(/<li /g)).toHaveLength(2);
    expect(second).toContain('OldOldOldO00');
    expect(await page('/desk/batches?account=nobody')).toContain('No batch yet');
  });
});

describe('a batch', () => {
  it('shows its posts as its workflow knows them, with what blocks one in the words of its provider', async () => {
    const error = { type: 'Provider.ContentPolicy', message: 'The image was <refused>.', requestId: 'req-7' };
    const posts = [
      sampleBatchPost('WaitingPost1'),
      sampleBatchPost('BlockedPost1', { status: 'blocked', gate: null, error }),
      sampleBatchPost('FailedPost01', { status: 'published', gate: null, error }),
      sampleBatchPost('WorkingPost1', { status: 'illustrating', gate: null, step: 'hero_image' }),
    ];
    const counts = { awaiting_approval: 1, blocked: 1, illustrating: 1, published: 1 };
    desk.running.batches.set(ID, sampleBatch({ posts, counts, unknownUsd: 0.02 }));
    const shown = await page(PAGE);
    expectShown(shown, ['href="/desk/posts/WaitingPost1"', 'src="/assets/WaitingPost1_hero.png?w=240"']);
    expectShown(shown, ['The image was &lt;refused&gt;.', 'request req-7', 'hero text · Hero image']);
    expectShown(shown, ['<dt>Unknown</dt><dd class="number">$0.02']);
    expect(shown.match(/target failed/g)).toHaveLength(1);
    expect(shown).toMatch(/Approve all[\s\S]*Resume[\s\S]*Pause[\s\S]*Cancel batch/);
    const [own, next] = ['id="post-BlockedPost1"', `hx-get="${PAGE}?status=blocked&amp;part=now"`];
    expectShown(await page(`${PAGE}?status=blocked`), [own, next], ['id="post-WaitingPost1"']);
    expectShown(await page(`${PAGE}?part=now`), ['>running</span>'], ['<html']);
    desk.running.batches.set(ID, sampleBatch({ posts, counts: { awaiting_approval: 5 } }));
    expectShown(await page(PAGE), ['>waits for you</span>'], ['>running</span>']);
  });

  it('shows no words of a stranger as markup', async () => {
    const posts = [sampleBatchPost('HostilePost1', { title: '<script>x</script>' })];
    desk.running.batches.set(ID, sampleBatch({ posts, brief: '"><img src=x>', repeat: '<img src=y>' }));
    await desk.savePost(samplePost('HostilePost1'));
    expectShown(await page(PAGE), ['Why it may repeat a post'], ['<script>x', '<img src=x>', '<img src=y>']);
  });

  it('has no buttons once it has ended, and is not there for an id of none', async () => {
    await desk.saveBatch(sampleBatch({ id: 'DoneBatch001', status: 'done', counts: { published: 1 } }));
    expectShown(await page('/desk/batches/DoneBatch001'), [], ['Cancel batch', 'Set budget']);
    expect((await desk.getSignedIn('/desk/batches/DoneBatch001/cancel')).status).toBe(303);
    expect((await desk.getSignedIn('/desk/batches/NoNoNoNoNoNo')).status).toBe(404);
  });

  it.each([
    ['approve', { by: 'editor' }, 'approveAll'],
    ['pause', { by: 'editor' }, 'pause'],
    ['resume', { by: 'editor' }, 'resume'],
    ['budget', { by: 'editor', usd: 7.5 }, 'setBudget'],
    ['cancel', { by: 'editor', reason: 'too late' }, 'cancel'],
  ])('is told to %s by a form, once it may', async (order, value, what) => {
    const status = order === 'resume' ? 'paused' : 'running';
    desk.running.batches.set(ID, sampleBatch({ posts: [sampleBatchPost('WaitingPost1')], status }));
    const answer = await post(`${PAGE}/${order}`, { usd: '$7.50', reason: 'too late' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PAGE}?done=${order}`]);
    expect(desk.workflows.told).toEqual([{ what, id: ID, value }]);
    expect(await page(`${PAGE}?done=${order}`)).toContain('role="status"');
  });

  it('says why it was not told, and asks before it is cancelled, or all of it approved', async () => {
    desk.running.batches.set(ID, sampleBatch());
    const none = await post(`${PAGE}/approve`);
    expect(none.status).toBe(409);
    expect(await none.text()).toContain('no post that waits for approval');
    expect((await post(`${PAGE}/budget`, { usd: 'much' })).status).toBe(400);
    expect(await page(`${PAGE}/cancel`)).toContain('Cancel this batch?');
    expect((await desk.getSignedIn(`${PAGE}/approve`)).status).toBe(303);
    const posts = [sampleBatchPost('WaitingPost1'), sampleBatchPost('WaitingPost2', { gate: 'media' })];
    desk.running.batches.set(ID, sampleBatch({ posts }));
    const question = 'Publish 1 post now, and make the picture or clip of 1 post (about $0.06)?';
    expectShown(await page(`${PAGE}/approve`), [question, 'Title of WaitingPost2', 'Not yet']);
    expect(desk.workflows.told).toEqual([]);
  });
});

describe('a new batch', () => {
  const form = { id: 'NewNewNewN01', account: 'harbor', planner: 'ships_and_ports', count_hero_text: '2' };

  it('has a form with what each planner covers, and an estimate', async () => {
    const shown = await page('/desk/batches/new?account=harbor');
    expectShown(shown, ['<button type="submit" formaction="/desk/batches">Start batch</button>']);
    expectShown(shown, ['Ports.', 'It fits the batch']);
    expect(shown).toMatch(/name="id" value="[A-Za-z0-9]{12}"/);
  });

  it('estimates what is typed, against the budget that is typed, and starts nothing', async () => {
    const typed = { ...form, count_hero_text: '40', budget: '0.01', brief: 'Fog' };
    const shown = await (await post('/desk/batches/new', typed)).text();
    expect(shown).toContain('It is over the batch&#39;s budget of $0.01');
    expectShown(shown, ['value="40"', '>Fog</textarea>', 'value="NewNewNewN01"']);
    expect(await (await post('/desk/batches/new?part=estimate', form)).text()).toMatch(/^<p class="sum">/);
    expect(desk.workflows.told).toEqual([]);
  });

  it('starts once, however often it is sent', async () => {
    const send = async (changes: Record<string, string> = {}): Promise<string | null> =>
      (await post('/desk/batches', { ...form, ...changes })).headers.get('location');
    const own = { budget: '1.25', repeat: 'New readers' };
    expect(await send(own)).toBe('/desk/batches/NewNewNewN01?done=start');
    const value = { planner: form.planner, mix: { hero_text: 2 }, budgetUsd: 1.25, repeat: 'New readers' };
    expect(desk.workflows.told).toMatchObject([{ what: 'start', id: form.id, value }]);
    const used = new UsedIdError(form.id, 'default');
    vi.spyOn(desk.workflows.batches, 'start').mockRejectedValueOnce(used);
    expect(await send()).toBe('/desk/batches/NewNewNewN01?done=started-before');
    expect(await send({ id: ID })).toBe(`${PAGE}?done=started-before`);
  });

  it('says beside each field what is wrong, and keeps what was typed', async () => {
    const wrong = { ...form, count_hero_text: '0', budget: 'lots', brief: 'Fog' };
    const answer = await post('/desk/batches', wrong);
    expect(answer.status).toBe(400);
    const shown = await answer.text();
    expect(shown).toContain('Give the number of posts of at least one format.');
    expectShown(shown, ['id="budget-problem" class="field-problem"', '>Fog</textarea>']);
    expect(desk.workflows.told).toEqual([]);
  });

  it('is of an account whose file is right, and says where one is not', async () => {
    await desk.writeAccount('broken', 'name: [');
    const planners = { fog: { covers: 'Fog.', guidance: 'See.' } };
    await desk.saveAccount({ handle: 'other', planners });
    const answer = await post('/desk/batches/new', { ...form, choose: 'other', brief: 'Kept' });
    const shown = await answer.text();
    expectShown(shown, ['value="other" aria-pressed="true"', 'Fog.', '>Kept</textarea>']);
    expect(shown).toContain('One account file can&#39;t be used');
    expect((await post('/desk/batches', { ...form, account: 'broken' })).status).toBe(400);
  });
});
