import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoTemporalError } from '../../client/errors.js';
import type { NewBatch } from '../../client/batches.js';
import type { Charge } from '../../contract/money/charge.js';
import type { NewTurn } from '../../services/archive/chats/chats.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { pageText } from '../testing/page-text.js';
import { twoPeople, VIEWER_TOKEN } from '../testing/people.js';
import { accountFileText, sampleAccount, samplePost } from '../testing/samples.js';

const PATH = '/desk/chats';
const TALK = 'TalkTalkTal1';
const CITED = 'CitedPost001';
const VIEWER = { Authorization: `Bearer ${VIEWER_TOKEN}` };

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk({ people: twoPeople() });
  await desk.saveBatch();
  await desk.writeAccount('quay', accountFileText(sampleAccount({ handle: 'quay', name: 'Quay' })));
  await desk.publish(samplePost(CITED));
  Object.assign(desk.deps.settings, { temporalUi: { url: 'http://127.0.0.1:8233', namespace: 'default' } });
}, OPENING_MS);
afterAll(() => desk.close());
beforeEach(() => {
  desk.workflows.chats.deleted.length = 0;
  desk.workflows.told.length = 0;
});

const say = (changes: Partial<NewTurn> = {}): Promise<boolean> =>
  desk.archive.chats.saveTurn({
    ...{ chatId: TALK, account: 'harbor', turn: 1, visitor: 'a', outcome: 'answered', citedIds: [] },
    ...{ question: 'Why two times?', answer: 'The sea keeps the other.', offline: false },
    at: '2026-06-28T09:00:00.000Z',
    ...changes,
  });
const nothing = { outcome: 'nothing_found', answer: "I haven't written about that." } as const;
const pay = (chatId: string, amount: number) => {
  const payer = { account: 'harbor', planner: null, batchId: null, postId: null, chatId };
  const charge: Charge = {
    ...{ key: `chat/${chatId}/answer/1/1`, step: 'chat', provider: 'openai', model: 'gpt-6-luna' },
    ...{ quantity: '1', unitPrice: null, amount, basis: 'metered', outcome: 'kept' },
    ...{ requestId: null, prompt: null, offline: false, at: '2026-06-28T09:00:00.000Z' },
  };
  return desk.archive.ledger.settle({ payer, charges: [charge] });
};
const text = (path: string): Promise<string> => pageText(desk.getSignedIn(path));
const html = async (path: string): Promise<string> => (await desk.getSignedIn(path)).text();

describe('the list', () => {
  it('says what would stand there', async () => {
    expect(await text(PATH)).toContain(
      'Nobody has asked yet.Readers may ask an account whose file has chat:',
    );
  });

  it('has account, first question, turns, cost and time of each, and keeps to an account', async () => {
    await say({ citedIds: [CITED] });
    await say({ turn: 2, question: 'And the bell?', ...nothing });
    await pay(TALK, 4_213_500);
    await say({ chatId: 'QuayTalk0001', account: 'quay', question: 'Where is it?', offline: true });
    const page = await text(PATH);
    expect(page).toMatch(/Why two times\?@harbor · TalkTalkTal12 questions\$0\.00426h ago/);
    expect(page).toContain('Where is it?@quay · QuayTalk0001 · sample1 question$0.00');
    expect(page).not.toContain('And the bell?');
    const ofQuay = await text(`${PATH}?account=quay`);
    expect(ofQuay).toContain('Chats with @quay');
    expect(ofQuay).toContain('This is an offline sample');
    expect(ofQuay).not.toContain('Why two times?');
    expect(await html(`${PATH}?account=quay`)).toContain(`href="${PATH}/questions?account=quay"`);
  });

  it('pages on', async () => {
    for (let n = 0; n < 50; n += 1)
      await say({
        chatId: `Older${String(n).padStart(7, '0')}`,
        account: 'quay',
        at: '2026-06-01T09:00:00.000Z',
      });
    const [, older = ''] = /href="([^"]+)" rel="next"/.exec(await html(`${PATH}?account=quay`)) ?? [];
    expect(older).toMatch(/account=quay.*cursor=/);
    const rest = await text(older.replaceAll('&amp;', '&'));
    expect(rest).toContain('The newest conversations');
    expect(rest.match(/Why two times\?/g)).toHaveLength(1);
  });
});

describe('a conversation', () => {
  it('has each turn with what came of it, what it cites, the cost, and its run', async () => {
    const page = await text(`${PATH}/${TALK}`);
    expect(page).toContain(
      '@harbor · 2 questions · $0.0042 · begun Jun 28, 11:00 AM · Run in the Temporal UI',
    );
    expect(page).toMatch(
      /Question 1 answered.*Why two times\?Harbor NotesThe sea keeps the other\.Why a harbor/,
    );
    expect(page).toMatch(
      /Question 2 no post found.*And the bell\?Harbor NotesI haven't written about that\./,
    );
    const source = await html(`${PATH}/${TALK}`);
    expect(source).toContain('href="http://127.0.0.1:8233/namespaces/default/workflows/chat%2FTalkTalkTal1"');
    expect(source).toContain(`href="/desk/posts/${CITED}"`);
  });

  it('tells several readers apart without saying who they are', async () => {
    await say({ chatId: 'TwoReaders01' });
    await say({ chatId: 'TwoReaders01', turn: 2, visitor: 'hash-of-another' });
    const page = await html(`${PATH}/TwoReaders01`);
    expect(page).toContain('Question 2, reader 2');
    expect(page).not.toContain('hash-of-another');
  });

  it('escapes what a stranger wrote', async () => {
    const bad = '<script>alert(1)</script>\u202e\u0000';
    await say({ chatId: 'HostileTalk1', question: bad, answer: bad, ...{ outcome: 'declined' } });
    for (const path of [
      PATH,
      `${PATH}/HostileTalk1`,
      `${PATH}/HostileTalk1/delete`,
      `${PATH}/questions?account=harbor`,
    ]) {
      const page = await html(path);
      expect(page).toContain('&lt;script&gt;');
      // eslint-disable-next-line no-control-regex
      expect(page).not.toMatch(/<script>alert|[\u202e\u0000]/);
    }
  });

  it('is 404 where there is none', async () => {
    for (const path of [
      `${PATH}/NeverThere01`,
      `${PATH}/..`,
      `${PATH}/NeverThere01/delete`,
      `${PATH}/${'x'.repeat(300)}`,
    ])
      expect((await desk.getSignedIn(path)).status).toBe(404);
    expect((await desk.postSignedIn(`${PATH}/NeverThere01/delete`, {})).status).toBe(404);
    expect(desk.workflows.chats.deleted).toEqual([]);
  });
});

describe('deleting one', () => {
  const cited = async (): Promise<boolean> =>
    (await text(`/desk/posts/${CITED}`)).includes('Why the second time?');

  it('asks first, then it is gone from archive, Temporal and the references of its posts; its cost stays', async () => {
    const id = 'DeletedTalk1';
    await say({ chatId: id, question: 'Why the second time?', citedIds: [CITED] });
    await pay(id, 7_000_000);
    expect(await text(`${PATH}/${id}/delete`)).toContain('Delete this conversation?1 question to @harbor');
    expect(await desk.archive.records.listCitingTurns(CITED)).toContainEqual(
      expect.objectContaining({ chatId: id }),
    );
    expect(await cited()).toBe(true);
    expect(desk.workflows.chats.deleted).toEqual([]);

    const answer = await desk.postSignedIn(`${PATH}/${id}/delete`, {});
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PATH}?done=delete`]);
    expect(new Set(desk.workflows.chats.deleted)).toEqual(new Set([id]));
    expect(await text(`${PATH}?done=delete`)).toContain('The conversation is deleted.');
    expect((await desk.getSignedIn(`${PATH}/${id}`)).status).toBe(404);
    expect(await cited()).toBe(false);
    expect(await desk.archive.chats.listTurns(id)).toEqual([]);
    expect(await say({ chatId: id, turn: 2 })).toBe(false);
    const { rows } = await desk.archive.ledger.sumCosts({ by: 'step' });
    expect(rows).toMatchObject([{ key: 'chat', costUsd: 0.0112135 }]);
    expect(desk.said.join('\n')).toContain(`chat ${id} of @harbor deleted by editor`);
    expect(desk.said.join('\n')).not.toContain('Why the second time?');
  });

  it('deletes nothing while Temporal is away, and says so', async () => {
    const remove = desk.workflows.chats.delete;
    desk.workflows.chats.delete = () => Promise.reject(new NoTemporalError('127.0.0.1:7233'));
    const answer = await desk.postSignedIn(`${PATH}/${TALK}/delete`, {});
    desk.workflows.chats.delete = remove;
    expect(answer.status).toBe(503);
    expect(await pageText(answer)).toContain('no Temporal server at 127.0.0.1:7233');
    expect(await desk.archive.chats.listTurns(TALK)).toHaveLength(2);
  });

  it('is for editors, from a page of the desk', async () => {
    expect(await pageText(desk.get(`${PATH}/${TALK}`, VIEWER))).not.toContain('Delete conversation');
    expect((await desk.get(`${PATH}/${TALK}/delete`, VIEWER)).status).toBe(403);
    expect((await desk.postSignedIn(`${PATH}/${TALK}/delete`, {}, VIEWER)).status).toBe(403);
    const foreign = { Origin: 'https://evil.example' };
    expect((await desk.postSignedIn(`${PATH}/${TALK}/delete`, {}, foreign)).status).toBe(403);
    for (const path of [
      PATH,
      `${PATH}/${TALK}`,
      `${PATH}/${TALK}/delete`,
      `${PATH}/questions?account=harbor`,
    ])
      expect((await desk.get(path)).status).toBe(401);
    expect(desk.workflows.chats.deleted).toEqual([]);
    expect(await desk.archive.chats.findChat(TALK)).not.toBeNull();
  });
});

describe('questions without an answer', () => {
  it('are listed with a way to the form of a batch, which has them ticked', async () => {
    const page = await html(`${PATH}/questions?account=harbor`);
    expect(page).toContain('And the bell?');
    expect(page).toContain(`href="${PATH}/${TALK}#turn-2"`);
    expect(page).toMatch(/href="\/desk\/batches\/new\?account=harbor&amp;questions=1"/);
    const form = await html('/desk/batches/new?account=harbor&questions=1');
    expect(form).toMatch(/name="from_questions" value="1" checked/);
    expect(form).toContain('And the bell?');
    expect(await html('/desk/batches/new?account=harbor')).toMatch(/name="from_questions" value="1"\/?>/);
  });

  it('are said to be none, and unknown accounts to be nowhere', async () => {
    const page = await text(`${PATH}/questions?account=quay`);
    expect(page).toContain('Readers have asked @quay nothing that its posts leave open.');
    expect(page).not.toContain('Plan a batch');
    for (const account of ['nobody', '', '../x'])
      expect((await desk.getSignedIn(`${PATH}/questions?account=${account}`)).status).toBe(404);
  });

  const FORM = {
    ...{ id: 'FromQuestion', account: 'harbor', planner: 'ships_and_ports', count_hero_text: '2' },
    ...{ budget: '', brief: 'Bells', repeat: '' },
  };
  const started = (): NewBatch | undefined => desk.workflows.told[0]?.value as NewBatch | undefined;

  it('become the brief of a batch that is asked for so, after its own, and only then', async () => {
    const plain = await desk.postSignedIn('/desk/batches', FORM);
    expect([plain.status, started()?.brief]).toEqual([303, 'Bells']);
    desk.workflows.told.length = 0;
    const answer = await desk.postSignedIn('/desk/batches', { ...FORM, from_questions: '1' });
    expect(answer.status).toBe(303);
    expect(started()?.brief).toMatch(/^Bells\n\nReaders asked the account[^]*\n- "And the bell\?"/);
  });

  it('start nothing where there are none', async () => {
    const quay = { ...FORM, account: 'quay', from_questions: '1' };
    const answer = await desk.postSignedIn('/desk/batches', quay);
    expect(answer.status).toBe(409);
    expect(await pageText(answer)).toContain('readers have asked @quay nothing that its posts leave open');
    expect(desk.workflows.told).toEqual([]);
  });

  it('are told over the API to the signed-in, and brief a batch there', async () => {
    const api = async (path: string, headers = {}) => {
      const answer = await desk.getSignedIn(path, headers);
      return [answer.status, await answer.json()];
    };
    expect(await api('/api/questions?account=harbor&limit=1')).toMatchObject([
      200,
      { questions: [{ turn: 1 }] },
    ]);
    expect(await api('/api/questions?account=nobody')).toMatchObject([404, { error: { field: 'account' } }]);
    expect(await api('/api/questions')).toMatchObject([400, { error: { field: 'account' } }]);
    expect((await desk.get('/api/questions?account=harbor')).status).toBe(401);
    const order = (account: string) =>
      desk.app.request('/api/batches', {
        method: 'POST',
        body: JSON.stringify({ account, planner: 'ships_and_ports', mix: { video: 1 }, fromQuestions: true }),
        headers: { Authorization: 'Bearer a-token-for-the-tests', 'Content-Type': 'application/json' },
      });
    expect((await order('harbor')).status).toBe(201);
    expect(started()?.brief).toMatch(/^Readers asked[^]*"And the bell\?"/);
    expect(started()).not.toHaveProperty('fromQuestions');
    const none = await order('quay');
    expect([none.status, await none.json()]).toMatchObject([409, { error: { field: 'fromQuestions' } }]);
    expect(desk.workflows.told).toHaveLength(1);
  });
});
