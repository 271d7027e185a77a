/** What posts and batches are told over the API. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError, UnknownIdError } from '../../client/errors.js';
import { EDITOR_TOKEN, twoPeople, useDesk, VIEWER_TOKEN } from '../testing/use-desk.js';
import { sampleBatch, sampleBatchPost, samplePost, sampleSchedule, waitingPost } from '../testing/samples.js';
import { withoutWorker } from '../testing/workflows.js';
import { askApi, bearer } from './testing/ask-api.js';

const [PUBLIC, WAITING, BATCH] = ['PublicPost01', 'WaitingPost1', 'BatchBatch01'];
const ORDER = { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1, hero_text: 4 } };

const desk = useDesk({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveBatch();
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
});
beforeEach(() => {
  desk.running.batches.set(BATCH, sampleBatch({ posts: [sampleBatchPost(WAITING)] }));
  desk.workflows.told.length = 0;
});

const send = (path: string, body?: object, headers = bearer()) =>
  askApi(desk, 'POST', `/api/${path}`, { headers, body });
const told = () => desk.workflows.told.map(({ what, id, value }) => [what, id, value]);

describe('a decision', () => {
  const decide = (body: object, token?: string) => send(`posts/${WAITING}/decisions`, body, bearer(token));

  it('reaches the post, by whom it is', async () => {
    const [status, decided] = await decide({ decision: 'approve', revision: 1 });
    expect([status, decided]).toEqual([200, { status: 'scheduled', revision: 1 }]);
    await decide({ decision: 'reject', reason: 'Old.', by: 'a program' });
    await decide({ decision: 'revise', instructions: ' Shorter ', redo: 'image', by: 'jo' }, EDITOR_TOKEN);
    expect(told()).toEqual([
      ['review', WAITING, { decision: 'approve', revision: 1, by: 'editor' }],
      ['review', WAITING, { decision: 'reject', reason: 'Old.', by: 'a program' }],
      ['review', WAITING, { decision: 'revise', instructions: 'Shorter', redo: 'image', by: 'maria' }],
    ]);
  });

  it.each([
    [new RefusedError('post WaitingPost1: it is too late'), 409],
    [new UnknownIdError('post', WAITING, 'default'), 404],
  ])('that the workflow does not take, %s, is %d', async (error, expected) => {
    const { answer } = desk.workflows;
    desk.workflows.answer = () => {
      throw error;
    };
    const [status, document] = await decide({ decision: 'approve' });
    desk.workflows.answer = withoutWorker;
    const [away] = await decide({ decision: 'approve' });
    desk.workflows.answer = answer;
    expect([status, document.error.message, away]).toEqual([expected, error.message, 503]);
  });

  it('for a time that has passed is 400', async () => {
    const [status, { error }] = await decide({ decision: 'approve', publishAt: '2026-06-28T15:00:00Z' });
    expect([status, error.field]).toEqual([400, 'publishAt']);
    expect((await decide({ decision: 'approve', publishAt: '2026-06-28T16:00:00Z' }))[0]).toBe(200);
  });

  it('takes a post down', async () => {
    const [status, document] = await send(`posts/${PUBLIC}/unpublish`, { reason: 'Wrong.' });
    expect([status, document]).toEqual([200, { status: 'unpublished' }]);
    expect(told()).toEqual([['unpublish', PUBLIC, { reason: 'Wrong.', by: 'editor' }]]);
  });
});

describe('a batch', () => {
  it('is estimated as the command does it, and not started', async () => {
    const [status, { costUsd, steps }] = await send('batches/estimate', ORDER);
    expect(status).toBe(200);
    const calls = steps.map((one: any) => `${one.calls} ${one.step}`);
    expect(calls).toEqual(['1 plan', '5 draft', '5 hero_image', '1 video']);
    const sum = steps.reduce((before: number, one: any) => before + one.costUsd, 0);
    expect(costUsd).toBeCloseTo(sum, 9);
    expect(told()).toEqual([]);
  });

  it('is started with the account as its file is', async () => {
    const [status, { batchId }] = await send('batches', { ...ORDER, budgetUsd: 0.5, brief: ' Fog ' });
    expect([status, batchId]).toEqual([201, expect.stringMatching(/^[A-Za-z0-9]{12}$/)]);
    const account = { handle: 'harbor', name: 'Harbor Notes' };
    const order = { budgetUsd: 0.5, brief: 'Fog', planner: 'ships_and_ports', account };
    expect(desk.workflows.told).toMatchObject([{ what: 'start', id: batchId, value: order }]);
  });

  it.each<[changes: object, status: number, field: string, message: RegExp]>([
    [{ account: 'harbour' }, 400, 'account', /account='harbour' has no file; did you mean harbor\?/],
    [{ account: '../harbor' }, 400, 'account', /has no file/],
    [{ planner: 'ships' }, 400, 'planner', /planner='ships' is not one of @harbor; it has ships_and_ports/],
    [{ planner: 'constructor' }, 400, 'planner', /is not one of @harbor/],
    [{ mix: 'video=1' }, 400, 'mix', /^mix='video=1' is not a map of names/],
    [{ budgetUsd: 'all' }, 400, 'budgetUsd', /^budgetUsd='all' is not a number/],
    [{ id: BATCH }, 409, 'id', /is already used/],
  ])('with %j is %d, and names %s', async (changes, expected, field, message) => {
    const [status, { error }] = await send('batches', { ...ORDER, ...changes });
    expect([status, error.field]).toEqual([expected, field]);
    expect(error.message).toMatch(message);
    expect(told()).toEqual([]);
  });

  it('takes orders, and answers with its status after them', async () => {
    const order = async (name: string, body: object) => (await send(`batches/${BATCH}/${name}`, body))[1];
    expect(await order('approve', { note: 'All.' })).toEqual({ status: 'running' });
    expect(await order('pause', {})).toEqual({ status: 'paused' });
    expect(await order('resume', {})).toEqual({ status: 'running' });
    expect(await order('budget', { usd: 7.5 })).toEqual({ status: 'running' });
    expect(await order('cancel', { by: 'mo', reason: 'Enough.' })).toEqual({ status: 'cancelled' });
    expect(told()).toEqual([
      ['approveAll', BATCH, { note: 'All.', by: 'editor' }],
      ['pause', BATCH, { by: 'editor' }],
      ['resume', BATCH, { by: 'editor' }],
      ['setBudget', BATCH, { usd: 7.5, by: 'editor' }],
      ['cancel', BATCH, { by: 'mo', reason: 'Enough.' }],
    ]);
    for (const late of ['pause', 'resume', 'cancel'])
      expect((await send(`batches/${BATCH}/${late}`))[0], late).toBe(409);
  });

  it.each(['approve', 'resume'])('with nothing that waits or is halted refuses to %s', async (name) => {
    desk.running.batches.set(BATCH, sampleBatch());
    const [status, { error }] = await send(`batches/${BATCH}/${name}`);
    expect([status, error.message]).toEqual([409, expect.stringContaining(`batch ${BATCH} is running`)]);
  });
});

describe('a schedule', () => {
  const [ID, PATH] = ['Schedule0001', '/api/schedules/Schedule0001'];
  beforeEach(() => void desk.workflows.kept.set(ID, sampleSchedule({ brief: 'Tides' })));
  const patch = (body: object, path = PATH, token?: string) =>
    askApi(desk, 'PATCH', path, { headers: { ...bearer(token), 'Content-Type': 'application/json' }, body });

  it('is listed, read and changed, null taking a field away, and only as it was seen', async () => {
    expect((await askApi(desk, 'GET', '/api/schedules'))[1].schedules).toMatchObject([
      { id: ID, revision: 1 },
    ]);
    const [status, changed] = await patch({ cron: '0 7 * * 1', brief: null, revision: 1 });
    expect([status, changed]).toMatchObject([200, { cron: '0 7 * * 1', brief: null, revision: 2 }]);
    expect(told()).toEqual([['change', ID, { cron: '0 7 * * 1', brief: null, revision: 1 }]]);
    expect((await askApi(desk, 'GET', PATH))[1]).toMatchObject({ planner: 'ships_and_ports', revision: 2 });
    const [refused, { error }] = await patch({ overlap: 'queue', revision: 1 });
    expect([refused, error.message]).toEqual([409, expect.stringContaining('was changed meanwhile')]);
  });

  it.each([
    [{ mix: { hero_text: 0 } }, 400, 'mix'],
    [{ overlap: 'both' }, 400, 'overlap'],
    [{ planner: 'nobody' }, 400, 'planner'],
    [{ cron: '0 25 * * *' }, 400, 'cron'],
  ])('is not changed by %j', async (body, expected, field) => {
    const [status, { error }] = await patch(body);
    expect([status, error.field, told()]).toEqual([expected, field, []]);
  });

  it('is 404 where there is none, and changed by nobody who only reads', async () => {
    for (const path of ['/api/schedules/NoSuchSched1', '/api/schedules/x'])
      expect([(await patch({}, path))[0], (await askApi(desk, 'GET', path))[0]]).toEqual([404, 404]);
    expect((await patch({ brief: 'Fog' }, PATH, VIEWER_TOKEN))[0]).toBe(403);
  });
});
