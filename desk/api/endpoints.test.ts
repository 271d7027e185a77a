/** What the endpoints do, and that each answers with the document that the description of the API has. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RefusedError, UnknownIdError } from '../../client/errors.js';
import { ENDPOINTS } from '../../contract/api/endpoints.js';
import { OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { EDITOR_TOKEN, twoPeople, VIEWER_TOKEN } from '../testing/people.js';
import { accountFileText, sampleAccount, sampleBatch, samplePost, waitingPost } from '../testing/samples.js';
import { withoutWorker } from '../testing/workflows.js';

const PUBLIC = 'PublicPost01';
const WAITING = 'WaitingPost1';
const BATCH = 'BatchBatch01';
const ORDER = { account: 'harbor', planner: 'ships_and_ports', mix: { video: 1, hero_text: 4 } };

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk({ people: twoPeople() });
  await desk.saveBatch(sampleBatch());
  await desk.publish(samplePost(PUBLIC));
  await desk.savePost(waitingPost(WAITING));
}, OPENING_MS);
beforeEach(() => {
  const posts = [{ ...batchPost(), status: 'awaiting_approval' as const }];
  desk.running.batches.set(BATCH, sampleBatch({ posts }));
  desk.workflows.told.length = 0;
});
afterAll(() => desk.close());

const batchPost = () => ({
  ...{ id: WAITING, title: 'A', contentFormat: 'video', status: 'blocked' as const, gate: null },
  ...{ revision: 1, costUsd: 0, step: null, error: null },
});

/** Asks, and holds what comes against the description. */
async function ask(
  method: 'GET' | 'POST',
  path: string,
  body?: object,
  token = TOKEN,
): Promise<[number, any]> {
  const answer = await desk.app.request(path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  const document = await answer.json();
  const endpoint = ENDPOINTS.find((one) => one.method === method && matches(one.path, path.split('?')[0]!))!;
  if (answer.status < 400) {
    expect(answer.status).toBe(endpoint.answer.status);
    const read = endpoint.answer.schema.safeParse(document);
    expect(read.error?.issues ?? []).toEqual([]);
  }
  return [answer.status, document];
}
const matches = (pattern: string, path: string): boolean =>
  new RegExp(`^${pattern.replace('{id}', '[A-Za-z0-9]{12}')}$`).test(path);
const told = () => desk.workflows.told.map(({ what, id, value }) => [what, id, value]);

describe('what is read', () => {
  it.each([
    ['/api/posts'],
    ['/api/posts?status=published&account=harbor&q=harbor%20clock&limit=1&batch=BatchBatch01'],
    [`/api/posts/${PUBLIC}`],
    [`/api/posts/${WAITING}`],
    ['/api/batches?limit=1'],
    [`/api/batches/${BATCH}`],
    ['/api/costs?by=model&since=2026-01-01'],
    ['/api/accounts'],
    ['/api/slots?account=harbor&weeks=1'],
    ['/api/openapi.json'],
  ])('%s', async (path) => expect((await ask('GET', path))[0]).toBe(200));

  it('a post has the chats that cited it', async () => {
    expect((await ask('GET', `/api/posts/${PUBLIC}`))[1].chatReferences).toEqual([]);
  });

  it('an account has its planners, formats, targets, and what is wrong in its file', async () => {
    await desk.writeAccount('pier', 'name: Pier\nbio: [');
    const { accounts } = (await ask('GET', '/api/accounts'))[1];
    await desk.writeAccount('pier', null);
    expect(accounts).toEqual([
      {
        handle: 'harbor',
        name: 'Harbor Notes',
        planners: [{ name: 'ships_and_ports', covers: 'Ports.' }],
        formats: ['video', 'hero_text'],
        targets: ['feed'],
        problems: [],
      },
      expect.objectContaining({
        handle: 'pier',
        name: null,
        problems: [expect.objectContaining({ line: 2, field: 'file' })],
      }),
    ]);
  });

  it('an account has its slots to come, and the posts that have them', async () => {
    const slots = { week: { wed: ['12:15'], sun: ['17:30'] }, missed: 'late' } as const;
    await desk.writeAccount('harbor', accountFileText(sampleAccount({ slots })));
    const word = { account: 'harbor', sequence: 1 };
    await desk.archive.slots.takeAt({ ...word, postId: WAITING }, '2026-07-01T10:15:00.000Z');
    await desk.archive.slots.takeAt({ ...word, postId: 'BesidePost01' }, '2026-07-01T10:15:00.000Z');
    await desk.archive.slots.takeAt({ ...word, postId: 'BetweenPost1' }, '2026-07-02T10:15:00.000Z');
    const asked = (weeks: string) => ask('GET', `/api/slots?account=harbor${weeks}`);
    const free = (at: string) => ({ at, postId: null, title: null });
    const title = waitingPost(WAITING).title;
    expect((await asked('&weeks=1'))[1]).toEqual({
      timeZone: 'Europe/Warsaw',
      slots: [free('2026-06-28T15:30:00.000Z'), { at: '2026-07-01T10:15:00.000Z', postId: WAITING, title }],
    });
    expect((await asked(''))[1].slots).toHaveLength(4);
    await desk.writeAccount('harbor', accountFileText(sampleAccount()));
    expect((await asked(''))[1]).toEqual({ slots: [], timeZone: 'Europe/Warsaw' });
  });

  it.each([
    ['account=harbor&weeks=0', 400, 'weeks', /less than the 1 allowed/],
    ['account=harbor&weeks=54', 400, 'weeks', /more than the 53 allowed/],
    ['', 400, 'account', /account is missing/],
    ['account=harbour', 404, 'account', /^account='harbour' has no file and no posts; did you mean harbor/],
    ['account=../etc', 404, 'account', /has no file and no posts/],
  ])('slots by %j is %d, and names %s', async (query, expected, field, message) => {
    const [status, { error }] = await ask('GET', `/api/slots?${query}`);
    expect([status, error.field]).toEqual([expected, field]);
    expect(error.message).toMatch(message);
  });

  it.each([
    ['limit=0', 'limit', "limit='0' is less than the 1 allowed"],
    ['limit=201', 'limit', "limit='201' is more than the 200 allowed"],
    ['limit=ten', 'limit', "limit='ten' is not a number"],
    ['status=waiting', 'status', /^status='waiting' is not one of drafting, /],
    ['cursor=1%27', 'cursor', "cursor='1'' is not the 'next' of an answer"],
    ['batch=x', 'batch', /^batch='x' is not an id/],
    ['waiting=yes', 'waiting', "waiting='yes' is not one of 0, 1"],
    ['waiting=1&status=published', 'waiting', /exclude each other/],
    ['q=%00', 'q', /^q='.*' is not text$/],
  ])('posts by %s is 400, and names %s', async (query, field, message) => {
    const [status, { error }] = await ask('GET', `/api/posts?${query}`);
    expect([status, error.field]).toEqual([400, field]);
    expect(error.message).toMatch(message);
  });
});

describe('a decision', () => {
  const decide = (body: object, token?: string) =>
    ask('POST', `/api/posts/${WAITING}/decisions`, body, token);

  it('reaches the post, by whom it is', async () => {
    expect(await decide({ decision: 'approve', revision: 1 })).toEqual([
      200,
      { status: 'scheduled', revision: 1 },
    ]);
    await decide({ decision: 'reject', reason: 'Old.', by: 'a program' });
    await decide({ decision: 'revise', instructions: ' Shorter ', redo: 'image', by: 'jo' }, EDITOR_TOKEN);
    expect(told()).toEqual([
      ['review', WAITING, { decision: 'approve', revision: 1, by: 'editor' }],
      ['review', WAITING, { decision: 'reject', reason: 'Old.', by: 'a program' }],
      ['review', WAITING, { decision: 'revise', instructions: 'Shorter', redo: 'image', by: 'maria' }],
    ]);
  });

  it('of a viewer reaches nothing', async () => {
    const [status, { error }] = await decide({ decision: 'approve' }, VIEWER_TOKEN);
    expect([status, error.message]).toEqual([403, "jo reads and does not decide: a viewer's token"]);
    expect(told()).toEqual([]);
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
    const [status, document] = await ask('POST', `/api/posts/${PUBLIC}/unpublish`, { reason: 'Wrong.' });
    expect([status, document]).toEqual([200, { status: 'unpublished' }]);
    expect(told()).toEqual([['unpublish', PUBLIC, { reason: 'Wrong.', by: 'editor' }]]);
  });
});

describe('a batch', () => {
  it('is estimated as the command does it, and not started', async () => {
    const [status, { costUsd, steps }] = await ask('POST', '/api/batches/estimate', ORDER);
    expect(status).toBe(200);
    expect(steps.map((one: any) => [one.step, one.calls])).toEqual([
      ...[
        ['plan', 1],
        ['draft', 5],
        ['hero_image', 5],
        ['video', 1],
      ],
    ]);
    expect(costUsd).toBeCloseTo(
      steps.reduce((sum: number, one: any) => sum + one.costUsd, 0),
      9,
    );
    expect(told()).toEqual([]);
  });

  it('is started with the account as its file is', async () => {
    const [status, { batchId }] = await ask('POST', '/api/batches', {
      ...ORDER,
      budgetUsd: 0.5,
      brief: ' Fog ',
    });
    expect(status).toBe(201);
    expect(batchId).toMatch(/^[A-Za-z0-9]{12}$/);
    expect(told()).toEqual([
      [
        'start',
        batchId,
        expect.objectContaining({ budgetUsd: 0.5, brief: 'Fog', planner: 'ships_and_ports' }),
      ],
    ]);
    expect(desk.workflows.told[0]!.value).toMatchObject({
      account: { handle: 'harbor', name: 'Harbor Notes' },
    });
  });

  it.each<[changes: object, status: number, field: string, message: RegExp]>([
    [{ account: 'harbour' }, 400, 'account', /account='harbour' has no file; did you mean harbor\?/],
    [{ account: '../harbor' }, 400, 'account', /has no file/],
    [{ planner: 'ships' }, 400, 'planner', /planner='ships' is not one of @harbor; it has ships_and_ports/],
    [{ planner: 'constructor' }, 400, 'planner', /is not one of @harbor/],
    [{ mix: { audio: 1 } }, 400, 'mix', /'audio' is not a format: video, hero_text/],
    [{ mix: 'video=1' }, 400, 'mix', /^mix='video=1' is not a map of names/],
    [{ budgetUsd: 'all' }, 400, 'budgetUsd', /^budgetUsd='all' is not a number/],
    [{ id: BATCH }, 409, 'id', /is already used/],
  ])('with %j is %d, and names %s', async (changes, expected, field, message) => {
    const [status, { error }] = await ask('POST', '/api/batches', { ...ORDER, ...changes });
    expect([status, error.field]).toEqual([expected, field]);
    expect(error.message).toMatch(message);
    expect(told()).toEqual([]);
  });

  it('takes orders, and answers with its status after them', async () => {
    const order = async (name: string, body: object = {}) =>
      (await ask('POST', `/api/batches/${BATCH}/${name}`, body))[1];
    expect(await order('approve', { note: 'All.' })).toEqual({ status: 'running' });
    expect(await order('pause')).toEqual({ status: 'paused' });
    expect(await order('resume')).toEqual({ status: 'running' });
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
      expect((await ask('POST', `/api/batches/${BATCH}/${late}`, {}))[0], late).toBe(409);
  });

  it('with nothing that waits or is halted refuses to approve and to resume', async () => {
    desk.running.batches.set(BATCH, sampleBatch());
    for (const name of ['approve', 'resume']) {
      const [status, { error }] = await ask('POST', `/api/batches/${BATCH}/${name}`, {});
      expect([status, error.message]).toEqual([
        409,
        expect.stringContaining('batch BatchBatch01 is running'),
      ]);
    }
  });
});

it('a post that only Temporal may know is 503 while it is away', async () => {
  desk.reachable = false;
  const [status, { error }] = await ask('GET', '/api/posts/NoSuchPost01');
  desk.reachable = true;
  expect([status, error.message]).toEqual([503, expect.stringContaining('Temporal did not answer')]);
});
