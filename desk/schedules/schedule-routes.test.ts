import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoTemporalError } from '../../client/errors.js';
import type { NewSchedule } from '../../client/schedule-order.js';
import { expectShown, pageText, twoPeople, VIEWER_TOKEN, useDesk } from '../testing/use-desk.js';
import { sampleSchedule } from '../testing/samples.js';

const PATH = '/desk/schedules';

const desk = useDesk({ people: twoPeople() });
beforeAll(async () => {
  await desk.saveAccount({});
});
beforeEach(() => {
  desk.workflows.kept.clear();
  desk.workflows.told.length = 0;
});

const keep = (changes: Parameters<typeof sampleSchedule>[0] = {}): string => {
  const schedule = sampleSchedule(changes);
  desk.workflows.kept.set(schedule.id, schedule);
  return schedule.id;
};
const text = (path: string): Promise<string> => pageText(desk.getSignedIn(path));
const BATCH = { account: 'harbor', planner: 'ships_and_ports', count_hero_text: '4', count_video: '1' };
const FORM = { ...BATCH, id: 'NewSchedule1', times: 'cron', cron: '30 7 * * 1-5', overlap: 'queue' };
const DAYS = { times: 'days', day_fri: 'on', day_tue: 'on', at: '07:30', cron: 'left as it was' };

describe('the list', () => {
  it('says what to do where there is none', async () => {
    expect(await text(PATH)).toContain('No schedule yet. A schedule starts a batch again and again');
  });

  it("has each one's next times in its account's zone, its last batch and what is wrong with it", async () => {
    keep({ lastBatchId: 'EndedBatch01' });
    const problem = {
      at: '2026-06-22T04:00:00.000Z',
      message: 'accounts/harbor.yaml:3: voise: no',
      skipped: false,
    };
    keep({ id: 'BrokenSched1', problem, skipped: 2, missed: 1 });
    keep({ id: 'PausedSched1', cron: '*/7 6 * * 1', paused: true, next: [], note: 'Paused by mo.' });
    const page = await text(PATH);
    expectShown(page, ['@harbor · 1 video, 4 hero text · Mondays 06:00, Europe/Warsaw', 'Jun 29, 06:00']);
    expectShown(page, ['4 hero text · */7 6 * * 1, Europe/Warsaw']);
    expectShown(page, ['then Jul 6, 06:00, Jul 13, 06:00', 'Paused by mo.']);
    expectShown(page, ['The run of Jun 22, 06:00 started no batch: accounts/harbor.yaml:3: voise: no']);
    const out = [
      '2 times left out: the batch before still ran.',
      'Once left out: the Temporal server was off',
    ];
    expectShown(page, ['voise: no The next run tries again.', ...out]);
    expect(await desk.textSignedIn(PATH)).toContain('href="/desk/batches/EndedBatch01"');
    const skip = { ...problem, message: 'batch BatchBatch01 waits for you (2 posts)', skipped: true };
    const running = { lastBatchId: 'BatchBatch01', runningBatchId: 'BatchBatch01' };
    keep({ id: 'SkippedSche1', ...running, problem: skip, skipped: 1 });
    expectShown(await text(PATH), [
      'The run of Jun 22, 06:00 was skipped: batch BatchBatch01 waits for you (2 posts)',
    ]);
    const part = await desk.textSignedIn(`${PATH}?part=list`);
    expectShown(part, ['id="schedule-BrokenSched1"'], ['<html']);
  });

  it('says so while Temporal is away', async () => {
    const { list } = desk.workflows.schedules;
    desk.workflows.schedules.list = () => Promise.reject(new NoTemporalError('127.0.0.1:7233'));
    const answer = await desk.getSignedIn(PATH);
    expect(answer.status).toBe(503);
    expect(await pageText(answer)).toContain('no Temporal server at 127.0.0.1:7233');
    desk.workflows.schedules.list = list;
  });

  it('escapes what comes from outside', async () => {
    const bad = '<script>alert(1)</script>';
    const problem = { at: bad, message: bad, skipped: true };
    keep({ planner: bad, cron: bad, brief: bad, note: bad, account: bad, problem });
    expect(await desk.textSignedIn(PATH)).not.toContain('<script>alert');
  });
});

describe('a new one', () => {
  it('is asked for by a form that names the zone', async () => {
    expect(await text(`${PATH}/new`)).toContain('Time in Europe/Warsaw');
  });

  it('is added as the form says, once', async () => {
    const added = async () => (await desk.postSignedIn(PATH, FORM)).headers.get('location');
    expect(await added()).toBe(`${PATH}?done=add`);
    expect(await text(`${PATH}?done=add`)).toContain('Added. It stands here with its next times.');
    expect(await added()).toBe(`${PATH}?done=added-before`);
    const { id, planner, cron } = FORM;
    const account = expect.objectContaining({ handle: 'harbor' }) as NewSchedule['account'];
    const mix = { video: 1, hero_text: 4 };
    const value: NewSchedule = { id, account, planner, mix, brief: null, cron, overlap: 'queue' };
    expect(desk.workflows.told).toEqual([{ what: 'add', id, value }]);
  });

  it('is added by its days and a time', async () => {
    await desk.postSignedIn(PATH, { ...FORM, ...DAYS });
    expect(desk.workflows.told).toMatchObject([{ what: 'add', value: { cron: '30 7 * * TUE,FRI' } }]);
  });

  // What else a batch lacks, `new-batch-form.test.ts` tells.
  it.each([
    [{ cron: '0 25 * * *' }, "'25' for the hour is not 0 to 23"],
    [{ cron: '' }, 'It needs five fields'],
    [{ times: 'days', at: '07:30' }, 'Choose the days.'],
    [{ ...DAYS, at: '25:00' }, 'Give a time, such as 07:30.'],
    [{ planner: 'nobody' }, 'Choose a planner of @harbor.'],
    [{ account: 'nobody' }, '@nobody has no account file that can be used just now.'],
  ])('%j is refused beside its field, with what was typed', async (change, message) => {
    const answer = await desk.postSignedIn(PATH, { ...FORM, brief: 'Fog', ...change });
    expect(answer.status).toBe(400);
    expectShown(await pageText(answer), [message, 'Fog']);
    expect(desk.workflows.told).toEqual([]);
  });

  it('changes its account without adding anything', async () => {
    const answer = await desk.postSignedIn(`${PATH}/new`, { ...FORM, choose: 'harbor' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('value="30 7 * * 1-5"');
    expect(desk.workflows.told).toEqual([]);
  });
});

describe('a change', () => {
  const AT = `${PATH}/Schedule0001/change`;
  const CHANGED = { ...FORM, revision: '1', brief: 'Fog' };

  it('is asked for by a form that has what it is now', async () => {
    keep({ cron: '15 5 1 * *', budgetUsd: 2.5, brief: 'Tides', overlap: 'queue' });
    const html = await desk.textSignedIn(AT);
    expectShown(html, ['value="15 5 1 * *"', 'value="2.5"', 'Tides', 'name="revision" value="1"']);
    expect(html).toMatch(/value="queue" checked/);
    keep({ id: 'WeeklySched1', cron: '15 5 * * 2,4' });
    const weekly = await desk.textSignedIn(`${PATH}/WeeklySched1/change`);
    expect(weekly).toMatch(
      /value="days" checked.*name="day_tue" checked.*name="day_thu" checked.*value="05:15"/,
    );
    expect(html).toMatch(/name="count_hero_text"[^>]*value="4"/);
  });

  it('is made as the form says, and only of what was seen', async () => {
    const id = keep({ budgetUsd: 2.5 });
    const { planner, cron } = FORM;
    const change = {
      planner,
      mix: { video: 1, hero_text: 4 },
      cron,
      overlap: 'queue',
      brief: 'Fog',
      budgetUsd: null,
    };
    const answer = await desk.postSignedIn(AT, CHANGED);
    expect(answer.headers.get('location')).toBe(`${PATH}?done=change`);
    expect(desk.workflows.told).toEqual([{ what: 'change', id, value: { ...change, revision: 1 } }]);
    const second = await desk.postSignedIn(AT, { ...CHANGED, brief: 'Rain' });
    expect(second.status).toBe(409);
    const meanwhile = `schedule ${id} was changed meanwhile: it is at revision 2, not 1; look at it again`;
    expectShown(await pageText(second), [meanwhile, 'Rain', 'Show what it is now']);
    expect(desk.workflows.told).toHaveLength(1);
  });

  it('that can not be is refused beside its field, with what was typed', async () => {
    keep();
    const answer = await desk.postSignedIn(AT, { ...CHANGED, cron: '0 25 * * *' });
    expect(answer.status).toBe(400);
    expectShown(await answer.text(), ['&#39;25&#39; for the hour is not 0 to 23', 'Fog']);
    expect((await desk.postSignedIn(`${PATH}/NoSuchSched1/change`, CHANGED)).status).toBe(404);
    expect((await desk.getSignedIn(`${PATH}/NoSuchSched1/change`)).status).toBe(404);
    expect(desk.workflows.told).toEqual([]);
  });
});

describe('one that is there', () => {
  it.each([
    ['pause', 'pauseSchedule', 'Paused: no batch is started until it is resumed.'],
    ['resume', 'resumeSchedule', 'Resumed.'],
    ['run', 'runSchedule', 'Its batch is started.'],
    ['remove', 'removeSchedule', 'Removed. What it started goes on.'],
  ])('is told to %s', async (name, what, said) => {
    const id = keep();
    const answer = await desk.postSignedIn(`${PATH}/${id}/${name}`);
    expect(answer.status).toBe(303);
    expect(desk.workflows.told).toMatchObject([{ what, id }]);
    expect(await text(String(answer.headers.get('location')))).toContain(said);
  });

  it('says why it does not run, or that its batch waits, and asks before it is removed', async () => {
    const running = { lastBatchId: 'BatchBatch01', runningBatchId: 'BatchBatch01' };
    const id = keep(running);
    const refused = await desk.postSignedIn(`${PATH}/${id}/run`);
    expect(refused.status).toBe(409);
    expect(await pageText(refused)).toContain('starts no batch while its batch BatchBatch01');
    expect(await text(`${PATH}/${id}/remove`)).toContain('Remove this schedule?');
    expect(desk.workflows.told).toEqual([]);
    keep({ ...running, id: 'QueueSched01', overlap: 'queue' });
    const queued = await desk.postSignedIn(`${PATH}/QueueSched01/run`);
    expect(queued.headers.get('location')).toBe(`${PATH}?done=queued`);
  });

  it('is 404 where there is none', async () => {
    for (const id of ['NoSuchSched1', '..', 'x'.repeat(300)])
      expect((await desk.postSignedIn(`${PATH}/${id}/pause`)).status).toBe(404);
    expect((await desk.getSignedIn(`${PATH}/NoSuchSched1/remove`)).status).toBe(404);
  });

  it('is shown without a way to tell it anything to who only reads', async () => {
    const id = keep();
    const viewer = { Authorization: `Bearer ${VIEWER_TOKEN}` };
    const html = await (await desk.get(PATH, viewer)).text();
    expectShown(html, [`id="schedule-${id}"`], ['New schedule', 'Run now', 'Pause', 'Change', 'Remove']);
    for (const form of ['new', `${id}/change`])
      expect((await desk.get(`${PATH}/${form}`, viewer)).status).toBe(403);
  });
});
