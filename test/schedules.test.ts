/**
 * Recurring batches on a real Temporal server: they run at their times, one after the other, and through what goes wrong. Most of a
 * test is waiting for a second to come, so they run side by side, but for the two that all others would feel.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScheduleChange } from '../client/change-schedule.js';
import { RefusedError, UnknownIdError, UnseenRunError, UsedIdError } from '../client/errors.js';
import { inProcess } from '../command/testing/in-process.js';
import { loadAccount } from '../config/accounts/load.js';
import { UsageError } from '../contract/errors.js';
import { batchWorkflowId } from '../contract/ids.js';
import { scheduleWorkflowId, type ScheduleStatus } from '../contract/schedule.js';
import { until } from './until.js';
import { ACCOUNT, openScheduleStage, PLANNER, type ScheduleStage } from './schedules/stage.js';

let stage: ScheduleStage;
beforeAll(async () => {
  stage = await openScheduleStage();
}, 120_000);
afterAll(() => stage?.close(), 60_000);

const PAUSED = expect.stringMatching(/^Paused by mo, \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$/) as string;
const statusOf = (id: string): Promise<ScheduleStatus> => stage.copydesk.schedules.status(id);
const run = (id: string): Promise<{ batchId: string | null }> => stage.copydesk.schedules.run(id);
/** What a run of now started, however long it took until that was to be seen. */
async function ran(id: string): Promise<string> {
  const { lastBatchId } = await statusOf(id);
  const { batchId } = await run(id).catch(async (error: unknown) => {
    if (error instanceof UnseenRunError) return { batchId: await stage.untilBatch(id, lastBatchId) };
    throw error;
  });
  expect(batchId).not.toBeNull();
  return batchId!;
}
/** Why a run of now started no batch, where none before has failed. */
async function refusedRun(id: string): Promise<string> {
  const error: unknown = await run(id).catch((thrown: unknown) => thrown);
  if (!(error instanceof UnseenRunError)) return String(error);
  const { problem } = await stage.untilStatus(id, (now) => now.problem !== null);
  return String(problem?.message);
}
const isRunning = async (batchId: string): Promise<boolean> =>
  (await stage.client.workflow.getHandle(batchWorkflowId(batchId)).describe()).status.name === 'RUNNING';
/** How often a schedule has started a workflow. */
const actionsOf = async (id: string): Promise<number> =>
  (await stage.client.schedule.getHandle(scheduleWorkflowId(id)).describe()).info.numActionsTaken;
/** How many of its runs wait for their turn. */
const waitingRunsOf = async (id: string): Promise<number> => {
  const { raw } = await stage.client.schedule.getHandle(scheduleWorkflowId(id)).describe();
  return Number(raw.info?.bufferSize ?? 0);
};

describe.concurrent('a schedule', () => {
  it("has its next times in the account's zone, on both sides of a change of the clocks", async () => {
    const id = await stage.add({ cron: '30 6 1 * *' });
    const { timeZone, next, ...status } = await statusOf(id);
    expect(status).toEqual({
      ...{ id, account: ACCOUNT, planner: PLANNER, mix: { hero_text: 1 }, brief: null, budgetUsd: null },
      ...{ cron: '30 6 1 * *', revision: 1, overlap: 'skip', paused: false, note: null },
      ...{ lastBatchId: null, runningBatchId: null, problem: null, skipped: 0, missed: 0 },
    });
    expect(timeZone).toBe((await loadAccount('accounts', ACCOUNT)).timeZone);
    expect(next).toHaveLength(10);
    const local = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
    expect(new Set(next.map((time) => local.format(new Date(time))))).toEqual(new Set(['06:30']));
    await stage.copydesk.schedules.remove(id);
  });

  it('starts its batch at its time, with what was asked for', async () => {
    const id = await stage.add({ brief: 'Rye in autumn', budgetUsd: 0.5 });
    const at = await stage.runSoon(id);
    const batchId = await stage.untilBatch(id);
    const batch = await stage.copydesk.batches.status(batchId);
    expect(batch).toMatchObject({
      ...{ id: batchId, account: ACCOUNT, planner: PLANNER, mix: { hero_text: 1 } },
      ...{ brief: 'Rye in autumn', budgetUsd: 0.5 },
    });
    expect(Date.parse(batch.createdAt)).toBeGreaterThanOrEqual(at.getTime());
    const { runningBatchId, next } = await statusOf(id);
    expect({ runningBatchId, next }).toEqual({ runningBatchId: batchId, next: [] });
    await stage.end(batchId);
    await stage.untilStatus(id, (now) => now.runningBatchId === null && now.lastBatchId === batchId);
    await stage.copydesk.schedules.remove(id);
  });

  it('that can not be is not made', async () => {
    await expect(stage.add({ cron: '0 25 * * *' })).rejects.toThrow(UsageError);
    await expect(stage.add({ planner: 'ciabatta' })).rejects.toThrow(/planner='ciabatta' is not one of/);
    const id = await stage.add();
    await expect(stage.add({ id })).rejects.toThrow(UsedIdError);
    await stage.copydesk.schedules.remove(id);
    for (const call of ['pause', 'resume'] as const)
      await expect(stage.copydesk.schedules[call](id, { by: 'mo' })).rejects.toThrow(UnknownIdError);
    for (const call of ['run', 'remove', 'status'] as const)
      await expect(stage.copydesk.schedules[call](id)).rejects.toThrow(UnknownIdError);
  });
});

describe.concurrent('while the batch before runs', () => {
  it('one with skip starts none, by its time or by hand, says for what it waits, and starts the next one after its end', async () => {
    const id = await stage.add();
    const first = await ran(id);
    await expect(run(id)).rejects.toThrow(
      new RefusedError(`schedule ${id} starts no batch while its batch ${first} still runs (overlap: skip)`),
    );
    await stage.untilWaiting(first);
    const at = await stage.runSoon(id);
    const skipped = await stage.untilStatus(id, (now) => now.skipped === 1);
    const message = `batch ${first} waits for you (1 post)`;
    const problem = { at: at.toISOString(), message, skipped: true };
    expect(skipped).toMatchObject({ lastBatchId: first, runningBatchId: first, problem });
    const told = await until(
      () => stage.skipsTold(first),
      (log) => log.length > 0,
    );
    expect(told).toMatchObject([{ type: 'schedule.skipped', at: at.toISOString(), postId: null }]);
    const { body } = (await stage.archive.deliveries.findMessage(told[0]!.id))!;
    expect(JSON.parse(body)).toMatchObject({
      ...{ type: 'schedule.skipped', timestamp: at.toISOString() },
      data: { schedule: { id, account: ACCOUNT, runningBatchId: first, problem } },
    });
    await stage.end(first);
    await stage.untilStatus(id, (now) => now.runningBatchId === null && now.problem === null);
    await stage.runSoon(id);
    const second = await stage.untilBatch(id, first);
    expect(await statusOf(id)).toMatchObject({ skipped: 1, problem: null });
    expect(await stage.skipsTold(first)).toHaveLength(1);
    await stage.end(second);
    await stage.copydesk.schedules.remove(id);
  });

  it('one with queue has each wait for its turn', async () => {
    const id = await stage.add({ overlap: 'queue' });
    const first = await ran(id);
    await expect(run(id)).resolves.toEqual({ batchId: null });
    await stage.runSoon(id);
    await until(
      () => waitingRunsOf(id),
      (waiting) => waiting === 2,
    );
    expect(await statusOf(id)).toMatchObject({ lastBatchId: first, skipped: 0, overlap: 'queue' });
    await stage.end(first);
    const second = await stage.untilBatch(id, first);
    expect(await isRunning(second)).toBe(true);
    expect(await actionsOf(id)).toBe(2);
    await stage.end(second);
    const third = await stage.untilBatch(id, second);
    expect(await actionsOf(id)).toBe(3);
    const { info } = await stage.client.schedule.getHandle(scheduleWorkflowId(id)).describe();
    const runs = info.recentActions.map(({ action }) => action.workflow.workflowId);
    expect(new Set(runs).size).toBe(3);
    await stage.end(third);
    await stage.copydesk.schedules.remove(id);
  });
});

describe.concurrent('a change', () => {
  const change = async (id: string, terms: Omit<ScheduleChange, 'account'>) =>
    stage.copydesk.schedules.change(id, { ...terms, account: await loadAccount('accounts', ACCOUNT) });

  it('sets what it names and keeps the rest; the next batch is the changed one, under the same id', async () => {
    const id = await stage.add({ brief: 'Rye', budgetUsd: 0.5 });
    const first = await ran(id);
    await stage.end(first);
    await stage.copydesk.schedules.pause(id, { by: 'mo' });
    const changed = await change(id, { cron: '15 7 1 * *', mix: { hero_text: 2 }, brief: null });
    expect(changed).toMatchObject({
      ...{ id, planner: PLANNER, mix: { hero_text: 2 }, brief: null, budgetUsd: 0.5, cron: '15 7 1 * *' },
      ...{ revision: 2, lastBatchId: first, paused: true },
      note: expect.stringMatching(/^Paused by mo, /) as string,
    });
    const { schedules } = stage.copydesk;
    await schedules.resume(id, { by: 'mo' });
    const { next, timeZone } = await statusOf(id);
    const local = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
    expect(new Set(next.map((time) => local.format(new Date(time))))).toEqual(new Set(['07:15']));
    const second = await ran(id);
    expect(await stage.copydesk.batches.status(second)).toMatchObject({ mix: { hero_text: 2 }, brief: null });
    await stage.end(second);
    await schedules.remove(id);
  });

  it('of two people who saw the same is taken once, and without a revision both are kept', async () => {
    const id = await stage.add();
    const both = await Promise.allSettled([
      change(id, { brief: 'Rye', revision: 1 }),
      change(id, { brief: 'Spelt', revision: 1 }),
    ]);
    const reasons = both.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
    const meanwhile = `schedule ${id} was changed meanwhile: it is at revision 2, not 1; look at it again`;
    expect(reasons).toEqual([`RefusedError: ${meanwhile}`]);
    await Promise.all([change(id, { budgetUsd: 1.5 }), change(id, { mix: { video: 1 } })]);
    expect(await statusOf(id)).toMatchObject({ revision: 4, budgetUsd: 1.5, mix: { video: 1 } });
    await stage.copydesk.schedules.remove(id);
  });

  it('that can not be changes nothing, as at its making', async () => {
    const id = await stage.add();
    await expect(change(id, { cron: '0 25 * * *' })).rejects.toThrow(UsageError);
    await expect(change(id, { planner: 'ciabatta' })).rejects.toThrow(/planner='ciabatta' is not one of/);
    expect(await statusOf(id)).toMatchObject({ revision: 1, cron: '0 6 1 1 *', planner: PLANNER });
    await stage.copydesk.schedules.remove(id);
    await expect(change(id, { brief: 'Rye' })).rejects.toThrow(UnknownIdError);
  });

  it('from queue to skip has the next time skipped and told, while the batch before runs', async () => {
    const id = await stage.add({ overlap: 'queue' });
    const first = await ran(id);
    expect(await change(id, { overlap: 'skip' })).toMatchObject({ overlap: 'skip', runningBatchId: first });
    expect(await isRunning(first)).toBe(true);
    await stage.runSoon(id);
    expect(await stage.untilStatus(id, (now) => now.problem !== null)).toMatchObject({
      ...{ lastBatchId: first, skipped: 1, problem: { skipped: true } },
    });
    await stage.end(first);
    await stage.copydesk.schedules.remove(id);
  });
});

it.concurrent(
  'a person who replaces the note in the Temporal UI starts no second batch by that',
  async () => {
    const id = await stage.add();
    const first = await ran(id);
    await stage.client.schedule.getHandle(scheduleWorkflowId(id)).pause('a fair');
    await stage.client.schedule.getHandle(scheduleWorkflowId(id)).unpause('it is over');
    expect(await statusOf(id)).toMatchObject({ lastBatchId: null, note: 'it is over' });
    await stage.runSoon(id);
    const skipped = await stage.untilStatus(id, (now) => now.skipped === 1);
    expect(skipped).toMatchObject({ lastBatchId: first, runningBatchId: first, note: 'it is over' });
    await stage.end(first);
    await stage.copydesk.schedules.remove(id);
  },
);

it.concurrent(
  'a paused one starts nothing at its time, and by hand all the same; resumed, it has next times again',
  async () => {
    const { schedules } = stage.copydesk;
    const [paused, other] = [await stage.add(), await stage.add()];
    await schedules.pause(paused, { by: 'mo' });
    expect(await statusOf(paused)).toMatchObject({ paused: true, note: PAUSED, next: [] });
    await stage.runSoon(paused, other);
    // By then the paused one would have run, too.
    await stage.end(await stage.untilBatch(other));
    expect(await actionsOf(paused)).toBe(0);
    const batchId = await ran(paused);
    const still = await statusOf(paused);
    expect(still).toMatchObject({ paused: true, note: PAUSED, lastBatchId: batchId });
    await stage.end(batchId);
    await schedules.remove(paused);
    await schedules.resume(other, { by: 'ana' });
    expect(await statusOf(other)).toMatchObject({ paused: false, note: 'Resumed by ana.' });
    await schedules.remove(other);
  },
);

it.concurrent('a removed one leaves its batch alone, and is listed no more', async () => {
  const { schedules } = stage.copydesk;
  const id = await stage.add();
  const batchId = await ran(id);
  const listed = () => schedules.list().then((found) => found.schedules.map((each) => each.id));
  expect(await listed()).toContain(id);
  await schedules.remove(id);
  expect(await listed()).not.toContain(id);
  expect(await isRunning(batchId)).toBe(true);
  await stage.end(batchId);
});

it.concurrent('a run that is begun again starts no second batch', async () => {
  const id = await stage.add();
  const batchId = await ran(id);
  const { info } = await stage.client.schedule.getHandle(scheduleWorkflowId(id)).describe();
  const { workflowId, firstExecutionRunId } = info.recentActions[0]!.action.workflow;
  const { events } = await stage.client.workflow.getHandle(workflowId).fetchHistory();
  const firstTask = events?.find((event) => event.workflowTaskCompletedEventAttributes);
  await stage.client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId, runId: firstExecutionRunId },
    reason: 'test',
    requestId: `reset-${id}`,
    // All that it did after its first turn is done again.
    workflowTaskFinishEventId: firstTask?.eventId,
  });
  const again = await stage.client.workflow.getHandle(workflowId).result();
  expect(again).toEqual({ batchId });
  const query = `CopydeskBatch='${batchId}' AND WorkflowType='batch'`;
  expect((await stage.client.workflow.count(query)).count).toBe(1);
  await stage.end(batchId);
  await stage.copydesk.schedules.remove(id);
});

it.concurrent('the command adds, lists, changes, runs, pauses, resumes and removes', async () => {
  const command = async (...args: string[]): Promise<any> => {
    const { code, stdout, stderr } = await inProcess(['schedule', ...args, '--json'], stage.env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return JSON.parse(stdout) as unknown;
  };
  const runByCommand = async (id: string): Promise<any> => {
    const { code, stdout, stderr } = await inProcess(['schedule', 'run', id, '--json'], stage.env);
    if (code === 0) return JSON.parse(stdout) as unknown;
    // On a machine that does much else.
    expect(stderr).toContain('10 seconds later there is no batch');
    return { scheduleId: id, batchId: await stage.untilBatch(id) };
  };
  const mix = ['--account', ACCOUNT, '--planner', PLANNER, '--mix', 'hero_text=1'];
  const options = [...mix, '--cron', '0 6 * * 1'];
  const { scheduleId, ...rest } = await command('add', ...options, '--overlap', 'queue');
  expect(rest).toEqual({});
  const { schedules } = await command('list');
  const shown = schedules.find((each: { id: string }) => each.id === scheduleId);
  expect(shown).toMatchObject({ account: ACCOUNT, cron: '0 6 * * 1', overlap: 'queue', lastBatchId: null });
  const ranNow = await runByCommand(scheduleId);
  expect(ranNow).toEqual({ scheduleId, batchId: expect.stringMatching(/^\w{12}$/) as string });
  expect(await command('pause', scheduleId, '--by', 'mo')).toEqual({ scheduleId, paused: true });
  const list = await inProcess(['schedule', 'list'], stage.env);
  expect(list.stdout).toMatch(new RegExp(`${scheduleId} +@${ACCOUNT} .* paused +${ranNow.batchId}`));
  expect(list.stdout).toContain(`batch ${ranNow.batchId} still runs; until it has ended, the next one waits`);
  expect(await command('resume', scheduleId)).toEqual({ scheduleId, paused: false });
  await stage.end(ranNow.batchId);
  const changed = await command(
    'change',
    scheduleId,
    '--days',
    'mon',
    '--at',
    '07:00',
    '--brief',
    'Rye',
    '--revision',
    '1',
  );
  expect(changed).toEqual({ scheduleId, revision: 2 });
  const cleared = await inProcess(['schedule', 'change', scheduleId, '--brief', ''], stage.env);
  expect(cleared.stdout).toContain(
    `Changed schedule ${scheduleId}: 1 hero_text by ${PLANNER} of @${ACCOUNT}, Mondays 07:00, `,
  );
  for (const [args, code] of [
    [['--brief', 'Spelt', '--revision', '1'], 1],
    [['--mix', 'hero_text=0'], 2],
    [[], 2],
  ] as const)
    expect(await inProcess(['schedule', 'change', scheduleId, ...args], stage.env)).toMatchObject({ code });
  expect(await statusOf(scheduleId as string)).toMatchObject({
    revision: 3,
    brief: null,
    cron: '0 7 * * MON',
  });
  expect(await command('remove', scheduleId)).toEqual({ scheduleId });
  const gone = await inProcess(['schedule', 'pause', scheduleId], stage.env);
  expect(gone).toMatchObject({ code: 1, stdout: '' });
  expect(gone.stderr).toBe(`no schedule with id ${scheduleId} in namespace default\n`);
  const added = await inProcess(['schedule', 'add', ...options], stage.env);
  expect(added.stdout).toMatch(/It runs next:\n {2}Mon \d{4}-\d\d-\d\d 06:00 /);
  expect(added.stdout).toContain('Overlap skip: no new batch is started while the one before still runs.');
});

it('an account file that is broken is said with its line, and the next run after it is mended starts a batch, in its zone', async () => {
  const id = await stage.add();
  const first = await ran(id);
  await stage.end(first);
  await stage.untilStatus(id, ({ runningBatchId }) => runningBatchId === null);
  await stage.writeAccount((text) => text.replace(/^timeZone: .*$/m, 'timeZone: Mars/Olympus'));
  const told = /accounts\/crumbandcrust\.yaml:7: timeZone: 'Mars\/Olympus' must be /;
  expect(await refusedRun(id)).toMatch(told);
  const at = await stage.runSoon(id);
  const broken = await stage.untilStatus(id, ({ problem }) => problem?.at === at.toISOString());
  expect(broken.problem?.message).toMatch(told);
  expect(broken).toMatchObject({ lastBatchId: first, paused: false });
  await stage.writeAccount((text) => text.replace(/^timeZone: .*$/m, 'timeZone: Asia/Tokyo'));
  await stage.runSoon(id);
  const second = await stage.untilBatch(id, first);
  expect(await statusOf(id)).toMatchObject({ problem: null, timeZone: 'Asia/Tokyo' });
  await stage.end(second);
  await stage.untilStatus(id, ({ runningBatchId }) => runningBatchId === null);
  await stage.writeAccount((text) => text.replace(/^ {2}sourdough:/m, '  rye:'));
  expect(await refusedRun(id)).toMatch(/planner='sourdough' is not one of @crumbandcrust/);
  await stage.writeAccount();
  await stage.copydesk.schedules.remove(id);
});

it('a schedule outlives its server, and makes up for what it missed while that was off', async () => {
  const [id, busy] = [await stage.add(), await stage.add()];
  const first = await ran(busy);
  // Time enough to kill the server before that.
  const at = await stage.runIn(15_000, id, busy);
  await stage.killServer();
  await until(
    async () => Date.now(),
    (now) => now > at.getTime() + 1_000,
  );
  await stage.startServer();
  const batchId = await stage.untilBatch(id);
  const { createdAt } = await stage.copydesk.batches.status(batchId);
  expect(Date.parse(createdAt)).toBeGreaterThan(at.getTime() + 1_000);
  expect(await statusOf(id)).toMatchObject({ missed: 0, problem: null });
  const still = await stage.untilStatus(busy, ({ skipped }) => skipped === 1);
  expect(still, 'its batch still runs').toMatchObject({ lastBatchId: first, runningBatchId: first });
  for (const each of [batchId, first]) await stage.end(each);
  for (const each of [id, busy]) await stage.copydesk.schedules.remove(each);
});
