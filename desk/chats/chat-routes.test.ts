import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoTemporalError } from '../../client/errors.js';
import type { NewBatch } from '../../client/batches.js';
import type { NewTurn } from '../../services/archive/chats/chats.js';
import { TOKEN, expectShown, pageText, twoPeople, VIEWER_TOKEN, useDesk } from '../testing/use-desk.js';
import { sampleCharge, samplePost } from '../testing/samples.js';

const PATH = '/desk/chats';
const TALK = 'TalkTalkTal1';
const CITED = 'CitedPost001';
const OF_HARBOR = `${PATH}/questions?account=harbor`;

const desk = useDesk({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveBatch();
  await desk.saveAccount({ handle: 'quay', name: 'Quay' });
  await desk.publish(samplePost(CITED));
  Object.assign(desk.deps.settings, { temporalUi: { url: 'http://127.0.0.1:8233', namespace: 'default' } });
});
beforeEach(() => {
  desk.workflows.chats.deleted.length = 0;
  desk.workflows.told.length = 0;
});

const say = (changes: Partial<NewTurn> = {}): Promise<boolean> => {
  const asked = { chatId: TALK, account: 'harbor', turn: 1, visitor: 'a', question: 'Why two times?' };
  const said = { outcome: 'answered', answer: 'The sea keeps the other.', citedIds: [] } as const;
  const at = '2026-06-28T09:00:00.000Z';
  return desk.archive.chats.saveTurn({ ...asked, ...said, offline: false, at, ...changes });
};
const pay = (chatId: string, amount: number) => {
  const payer = { account: 'harbor', planner: null, batchId: null, postId: null, chatId };
  const charge = sampleCharge(`chat/${chatId}/answer/1/1`, { step: 'chat', provider: 'openai', amount });
  return desk.archive.ledger.settle({ payer, charges: [charge] });
};
const text = (path: string): Promise<string> => pageText(desk.getSignedIn(path));
const html = (path: string): Promise<string> => desk.textSignedIn(path);

describe('the list', () => {
  it('says what would stand there', async () => {
    const none = 'Nobody has asked yet.Readers may ask an account whose file has chat:';
    expect(await text(PATH)).toContain(none);
  });

  it('has account, first question, turns, cost and time of each, and keeps to an account', async () => {
    await say({ citedIds: [CITED] });
    const nothing = { outcome: 'nothing_found', answer: "I haven't written about that." } as const;
    await say({ turn: 2, question: 'And the bell?', ...nothing });
    await pay(TALK, 4_213_500);
    await say({ chatId: 'QuayTalk0001', account: 'quay', question: 'Where is it?', offline: true });
    const page = await text(PATH);
    expectShown(page, ['Why two times?@harbor · TalkTalkTal12 questions$0.00426h ago'], ['And the bell?']);
    expectShown(page, ['Where is it?@quay · QuayTalk0001 · sample1 question$0.00']);
    const ofQuay = await text(`${PATH}?account=quay`);
    expectShown(ofQuay, ['Chats with @quay', 'This is an offline sample'], ['Why two times?']);
    expect(await html(`${PATH}?account=quay`)).toContain(`href="${PATH}/questions?account=quay"`);
  });

  it('pages on', async () => {
    const older = { account: 'quay', at: '2026-06-01T09:00:00.000Z' };
    for (let n = 0; n < 50; n += 1) await say({ ...older, chatId: `Older${String(n).padStart(7, '0')}` });
    const [, next = ''] = /href="([^"]+)" rel="next"/.exec(await html(`${PATH}?account=quay`)) ?? [];
    expect(next).toMatch(/account=quay.*cursor=/);
    const rest = await text(next.replaceAll('&amp;', '&'));
    expect(rest).toContain('The newest conversations');
    expect(rest.match(/Why two times\?/g)).toHaveLength(1);
  });
});

describe('a conversation', () => {
  it('has each turn with what came of it, what it cites, the cost, and its run', async () => {
    const page = await text(`${PATH}/${TALK}`);
    const head = '@harbor · 2 questions · $0.0042 · begun Jun 28, 11:00 · Run in the Temporal UI';
    expect(page).toContain(head);
    const first = /Question 1 answered.*Why two times\?Harbor NotesThe sea keeps the other\.Why a harbor/;
    expect(page).toMatch(first);
    expect(page).toMatch(
      /Question 2 no post found.*And the bell\?Harbor NotesI haven't written about that\./,
    );
    const run = 'href="http://127.0.0.1:8233/namespaces/default/workflows/chat%2FTalkTalkTal1"';
    expectShown(await html(`${PATH}/${TALK}`), [run, `href="/desk/posts/${CITED}"`]);
  });

  it('tells several readers apart without saying who they are', async () => {
    await say({ chatId: 'TwoReaders01' });
    await say({ chatId: 'TwoReaders01', turn: 2, visitor: 'hash-of-another' });
    expectShown(await html(`${PATH}/TwoReaders01`), ['Question 2, reader 2'], ['hash-of-another']);
  });

  it('escapes what a stranger wrote', async () => {
    const bad = '<script>alert(1)</script>\u202e\u0000';
    await say({ chatId: 'HostileTalk1', question: bad, answer: bad, outcome: 'declined' });
    for (const path of [PATH, `${PATH}/HostileTalk1`, `${PATH}/HostileTalk1/delete`, OF_HARBOR])
      expectShown(await html(path), ['&lt;script&gt;'], ['<script>alert', '\u202e', '\u0000']);
  });

  it('is 404 where there is none', async () => {
    const none = `${PATH}/NeverThere01`;
    for (const path of [none, `${none}/delete`, `${PATH}/..`, `${PATH}/${'x'.repeat(300)}`])
      expect((await desk.getSignedIn(path)).status).toBe(404);
    expect((await desk.postSignedIn(`${none}/delete`)).status).toBe(404);
    expect(desk.workflows.chats.deleted).toEqual([]);
  });
});

describe('deleting one', () => {
  it('asks first, then it is gone from archive, Temporal and the references of its posts; its cost stays', async () => {
    const [id, question] = ['DeletedTalk1', 'Why the second time?'];
    const references = () => text(`/desk/posts/${CITED}`);
    await say({ chatId: id, question, citedIds: [CITED] });
    await pay(id, 7_000_000);
    expect(await text(`${PATH}/${id}/delete`)).toContain('Delete this conversation?1 question to @harbor');
    expect(await references()).toContain(question);
    expect(desk.workflows.chats.deleted).toEqual([]);

    const answer = await desk.postSignedIn(`${PATH}/${id}/delete`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${PATH}?done=delete`]);
    expect(new Set(desk.workflows.chats.deleted)).toEqual(new Set([id]));
    expect(await text(`${PATH}?done=delete`)).toContain('The conversation is deleted.');
    expect((await desk.getSignedIn(`${PATH}/${id}`)).status).toBe(404);
    expect(await references()).not.toContain(question);
    expect(await desk.archive.chats.listTurns(id)).toEqual([]);
    expect(await say({ chatId: id, turn: 2 })).toBe(false);
    const { rows } = await desk.archive.ledger.sumCosts({ by: 'step' });
    expect(rows).toMatchObject([{ key: 'chat', costUsd: 0.0112135 }]);
    expectShown(desk.said.join('\n'), [`chat ${id} of @harbor deleted by editor`], [question]);
  });

  it('deletes nothing while Temporal is away, and says so', async () => {
    const remove = desk.workflows.chats.delete;
    desk.workflows.chats.delete = () => Promise.reject(new NoTemporalError('127.0.0.1:7233'));
    const answer = await desk.postSignedIn(`${PATH}/${TALK}/delete`);
    desk.workflows.chats.delete = remove;
    expect(answer.status).toBe(503);
    expect(await pageText(answer)).toContain('no Temporal server at 127.0.0.1:7233');
    expect(await desk.archive.chats.listTurns(TALK)).toHaveLength(2);
  });

  it('is not offered to who only reads', async () => {
    const viewer = { Authorization: `Bearer ${VIEWER_TOKEN}` };
    expect(await pageText(desk.get(`${PATH}/${TALK}`, viewer))).not.toContain('Delete conversation');
    expect((await desk.get(`${PATH}/${TALK}/delete`, viewer)).status).toBe(403);
  });
});

describe('questions without an answer', () => {
  it('are listed with a way to the form of a batch, which has them ticked', async () => {
    const plan = 'href="/desk/batches/new?account=harbor&amp;questions=1"';
    expectShown(await html(OF_HARBOR), ['And the bell?', `href="${PATH}/${TALK}#turn-2"`, plan]);
    const form = await html('/desk/batches/new?account=harbor&questions=1');
    expectShown(form, ['name="from_questions" value="1" checked', 'And the bell?']);
    expect(await html('/desk/batches/new?account=harbor')).toMatch(/name="from_questions" value="1"\/?>/);
  });

  it('are said to be none, and unknown accounts to be nowhere', async () => {
    const none = 'Readers have asked @quay nothing that its posts leave open.';
    expectShown(await text(`${PATH}/questions?account=quay`), [none], ['Plan a batch']);
    for (const account of ['nobody', '', '../x'])
      expect((await desk.getSignedIn(`${PATH}/questions?account=${account}`)).status).toBe(404);
  });

  const FORM = {
    id: 'FromQuestion',
    account: 'harbor',
    planner: 'ships_and_ports',
    count_hero_text: '2',
    brief: 'Bells',
  };
  const started = () => desk.workflows.told.map(({ value }) => value as NewBatch);

  it('become the brief of a batch that is asked for so, after its own, and only then', async () => {
    for (const form of [FORM, { ...FORM, from_questions: '1' }])
      expect((await desk.postSignedIn('/desk/batches', form)).status).toBe(303);
    const [plain, briefed] = started().map(({ brief }) => brief);
    expect(plain).toBe('Bells');
    expect(briefed).toMatch(/^Bells\n\nReaders asked the account[^]*\n- "And the bell\?"/);
  });

  it('start nothing where there are none', async () => {
    const quay = { ...FORM, account: 'quay', from_questions: '1' };
    const answer = await desk.postSignedIn('/desk/batches', quay);
    expect(answer.status).toBe(409);
    expect(await pageText(answer)).toContain('readers have asked @quay nothing that its posts leave open');
    expect(started()).toEqual([]);
  });

  it('are told over the API to the signed-in, and brief a batch there', async () => {
    const list = async (query: string) => {
      const answer = await desk.getSignedIn(`/api/questions${query}`);
      return [answer.status, await answer.json()];
    };
    expect(await list('?account=harbor&limit=1')).toMatchObject([200, { questions: [{ turn: 1 }] }]);
    expect(await list('?account=nobody')).toMatchObject([404, { error: { field: 'account' } }]);
    expect(await list('')).toMatchObject([400, { error: { field: 'account' } }]);
    const order = (account: string) =>
      desk.app.request('/api/batches', {
        method: 'POST',
        body: JSON.stringify({ account, planner: 'ships_and_ports', mix: { video: 1 }, fromQuestions: true }),
        headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
      });
    expect((await order('harbor')).status).toBe(201);
    const none = await order('quay');
    expect([none.status, await none.json()]).toMatchObject([409, { error: { field: 'fromQuestions' } }]);
    expect(started()).toHaveLength(1);
    expect(started()[0]?.brief).toMatch(/^Readers asked[^]*"And the bell\?"/);
    expect(started()[0]).not.toHaveProperty('fromQuestions');
  });
});
