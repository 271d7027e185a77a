import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoTemporalError, RefusedError } from '../../client/errors.js';
import { askApi } from '../api/testing/ask-api.js';
import { sampleBatch, samplePost, sampleSchedule, waitingPost } from '../testing/samples.js';
import { expectShown, pageText, twoPeople, useDesk, VIEWER_TOKEN } from '../testing/use-desk.js';
import { until } from '../../test/until.js';

const PAGE = '/desk/attention';
const [BLOCKED, KEYLESS, FAILED] = ['BlockedPost1', 'KeylessPost1', 'FailedPost01'];
const [BATCH, SCHEDULE] = ['BatchBatch01', 'Schedule0001'];
const ALL = ['OPENAI_API_KEY', BATCH, SCHEDULE, FAILED, BLOCKED];
const HOSTILE = '<script>alert(1)</script>';

const desk = useDesk({ people: twoPeople() });
beforeAll(async () => {
  const blocked = { status: 'blocked', gate: null } as const;
  const error = { type: 'Provider.ContentPolicy', message: HOSTILE, requestId: null };
  await desk.saveBatch(sampleBatch({ status: 'paused' }));
  await desk.savePost(waitingPost(BLOCKED, { ...blocked, error }));
  const noKey = { ...error, type: 'Provider.Authentication', message: 'HTTP 401' };
  await desk.savePost(waitingPost(KEYLESS, { ...blocked, error: noKey }));
  const noSignIn = { ...error, type: 'Target.SignIn', message: 'social: the token was withdrawn' };
  await desk.publish(samplePost(FAILED, { error: noSignIn, publishedAt: '2026-06-27T15:20:00.000Z' }));
  await desk.savePost(waitingPost('WaitingPost1'));
});
const listSchedules = async () => ({ schedules: [...desk.workflows.kept.values()] });
beforeEach(() => {
  desk.workflows.told.length = 0;
  desk.workflows.schedules.list = listSchedules;
  desk.workflows.answer = () => ({ status: 'illustrating', revision: 1 });
  desk.workflows.kept.set(SCHEDULE, sampleSchedule({ paused: true, note: 'Paused by mo.' }));
  desk.running.batches.set(BATCH, sampleBatch({ status: 'paused' }));
});

const told = () => desk.workflows.told.map(({ what, id }) => `${what} ${id}`);
const away = () => Promise.reject(new NoTemporalError('127.0.0.1:7233'));
const press = async (what: string, id: string): Promise<[number, string]> => {
  const answer = await desk.postSignedIn(PAGE, { what, id });
  const shown = answer.status === 303 ? desk.getSignedIn(answer.headers.get('location')!) : answer;
  return [answer.status, await pageText(shown)];
};

describe('the page', () => {
  it('lists what needs a person, each with its button, and nothing that runs by itself', async () => {
    const html = await desk.textSignedIn(PAGE);
    expect([...html.matchAll(/<li id="attention-\w+?-(\w+)"/g)].map(([, id]) => id)).toEqual(ALL);
    expectShown(html, ['&lt;script&gt;alert', `href="/desk/posts/${FAILED}"`], ['WaitingPost1', HOSTILE]);
    const text = await pageText(new Response(html));
    expectShown(text, ['social: the token was withdrawn', 'Publish again', 'Resume 1 post', 'Paused by mo.']);
    expect(await desk.textSignedIn(`${PAGE}?part=list`)).toMatch(/^<ul/);
  });

  it('is counted in the bar, the schedules as soon as they are known', async () => {
    const bar = () => pageText(desk.getSignedIn('/desk?part=bar'));
    await until(bar, (text) => text.includes(`Needs attention ${ALL.length}`));
  });

  it('shows who only reads no button, and strangers nothing', async () => {
    const viewer = { Authorization: `Bearer ${VIEWER_TOKEN}` };
    const html = await (await desk.get(PAGE, viewer)).text();
    expectShown(html, [`attention-post-${BLOCKED}`], ['Publish again', 'name="what"']);
    const stranger = await desk.get(PAGE);
    expect([stranger.status, await stranger.text()]).toEqual([401, expect.not.stringContaining(BLOCKED)]);
  });

  it.each([
    ['post', BLOCKED, [`review ${BLOCKED}`], 'Resumed: it is illustrating.'],
    ['target', FAILED, [`review ${FAILED}`], 'The target is asked again.'],
    ['batch', BATCH, [`resume ${BATCH}`], 'Resumed.'],
    ['schedule', SCHEDULE, [`resumeSchedule ${SCHEDULE}`], 'Resumed.'],
    ['key', 'OPENAI_API_KEY', [`review ${KEYLESS}`], 'Resumed 1 post.'],
  ])('resumes a %s with one press', async (what, id, expected, said) => {
    const [status, text] = await press(what, id);
    expect([status, told()]).toEqual([303, expected]);
    expect(text).toContain(said);
  });

  it('starts the batch of a schedule whose last run started none', async () => {
    const problem = { at: '2026-06-22T04:00:00.000Z', message: 'no such planner', skipped: false };
    desk.workflows.kept.set(SCHEDULE, sampleSchedule({ problem }));
    expect(await desk.textSignedIn(PAGE)).toContain('Run now');
    expect((await press('schedule', SCHEDULE))[1]).toContain('Its batch is started.');
    expect(told()).toEqual([`runSchedule ${SCHEDULE}`]);
  });

  it.each([
    ['post', BLOCKED, 409, 'it is too late'],
    ['key', 'OPENAI_API_KEY', 303, 'it is too late'],
    ['key', 'FAL_KEY', 409, 'no post waits for FAL_KEY'],
    ['post', '../x', 404, 'Nothing is at this address'],
    ['house', BLOCKED, 404, 'Nothing is at this address'],
  ])('says why %s %s is not resumed', async (what, id, status, words) => {
    desk.workflows.answer = () => {
      throw new RefusedError('it is too late');
    };
    expect(await press(what, id)).toEqual([status, expect.stringContaining(words)]);
  });

  it('lists all but the schedules while Temporal is away, and says so', async () => {
    desk.workflows.schedules.list = away;
    const text = await pageText(desk.getSignedIn(PAGE));
    expectShown(text, ['no Temporal server at 127.0.0.1:7233', 'the token was withdrawn']);
  });
});

describe('the API', () => {
  const ids = async (path: string) =>
    (await askApi(desk, 'GET', path))[1].attention.map((item: any) => item.id);

  it('lists the same, of one account too', async () => {
    expect(await ids('/api/attention')).toEqual(ALL);
    expect(await ids('/api/attention?account=harbor')).toEqual(ALL);
    expect((await askApi(desk, 'GET', '/api/attention?account=nobody'))[0]).toBe(404);
  });

  it('mends each by the call that its row names', async () => {
    const [, { attention }] = await askApi(desk, 'GET', '/api/attention');
    for (const { mend } of attention)
      expect((await askApi(desk, mend.method, mend.path, { body: mend.body }))[0]).toBe(200);
    const reviews = [KEYLESS, FAILED, BLOCKED].map((id) => `review ${id}`);
    expect(told().toSorted()).toEqual(
      [...reviews, `resume ${BATCH}`, `resumeSchedule ${SCHEDULE}`].toSorted(),
    );
  });

  it('is 503 while Temporal is away', async () => {
    desk.workflows.schedules.list = away;
    expect((await askApi(desk, 'GET', '/api/attention'))[0]).toBe(503);
  });
});
