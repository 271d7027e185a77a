import { randomInt } from 'node:crypto';
import type { Account } from '../../contract/account.js';
import { batchIdOf } from '../../activities/schedule.js';
import { batchWorkflowId, newId } from '../../contract/ids.js';
import { SCHEDULE_WORKFLOW, scheduleWorkflowId, type ScheduleOrder } from '../../contract/schedule.js';
import { QUEUES } from '../../contract/task-queues.js';
import { UNPUBLISH_WORKFLOW, unpublishWorkflowId } from '../../contract/unpublish.js';
import { TargetFailure } from '../../services/publishers/publisher.js';
import { paper } from '../../services/publishers/testing/paper.js';
import { accountWith } from '../batch-input.js';
import type { Harness } from '../harness.js';
import { until } from '../until.js';
import { writeHistory } from './files.js';
import { targetsNamed } from '../../contract/targets/testing/named.js';

const by = 'mo';
const PLANNER = 'foundation_models_and_inference_economics';

/** Records what becomes of posts with several targets and with slots, how one is taken back, and a run of a schedule. */
export async function recordTargets(desk: Harness): Promise<void> {
  await recordFailedTargets(desk);
  await recordLostAnswer(desk);
  await recordSlots(desk);
  await recordUnpublish(desk);
  await recordSchedule(desk);
}

/** A post of a batch of one, once it waits. @returns its id */
export async function waitingPost(desk: Harness, change: Partial<Account>): Promise<string> {
  return (await desk.waitingPost('hero_text', await accountWith(change))).id;
}

/** One that refuses until a person resumes, and one whose first answer is lost, which is looked for before the second write. */
async function recordFailedTargets(desk: Harness): Promise<void> {
  const [refused, lost] = [
    new TargetFailure('refused', 'Target.SignIn', 'the token was withdrawn'),
    new TargetFailure('unknown', 'Target.LostAnswer', 'socket hang up'),
  ];
  const failures: Record<string, TargetFailure[]> = { social: [refused], forum: [lost] };
  for (const kind of ['social', 'forum']) {
    const good = paper(kind);
    Object.assign(desk.services.publishers, {
      [kind]: paper(kind, {
        repeatable: false,
        publish: (...edition) => {
          const failure = failures[kind]?.shift();
          return failure ? Promise.reject(failure) : good.publish(...edition);
        },
      }),
    });
  }
  const id = await waitingPost(desk, { targets: targetsNamed('feed', 'social', 'forum') });
  await desk.review(id, { decision: 'approve', by });
  await desk.postUntil(id, ({ pipeline }) =>
    pipeline.every(({ step, state }) => step !== 'publish' || state === 'done' || state === 'failed'),
  );
  // It ends while the post stays open; one of before that waited for it is `batch-waited-for-its-targets`.
  const { batchId } = await desk.postStatus(id);
  const batch = desk.client.workflow.getHandle(batchWorkflowId(batchId));
  await batch.result();
  await writeHistory('batch-target-failed', batch);
  await desk.review(id, { decision: 'resume', by });
  await desk.post(id).result();
  await writeHistory('post-target-failed-and-mended', desk.post(id));
}

/** One that Temporal cancels while it may be out; one of before that was not looked for then is `post-cancelled-unlooked-for`. */
async function recordLostAnswer(desk: Harness): Promise<void> {
  const good = paper('social');
  const away = new TargetFailure('later', 'Target.RateLimit', 'HTTP 429', 3_600);
  let isAway = true;
  const social = paper('social', {
    repeatable: false,
    publish: async (...edition) => {
      await good.publish(...edition);
      throw new TargetFailure('unknown', 'Target.LostAnswer', 'socket hang up');
    },
    find: (edition, target) => (isAway ? Promise.reject(away) : good.publish(edition, target)),
  });
  Object.assign(desk.services.publishers, { social });
  const id = await waitingPost(desk, { targets: targetsNamed('social') });
  await desk.review(id, { decision: 'approve', by });
  await desk.postUntil(id, ({ pipeline }) => pipeline.some(({ note }) => note?.includes('HTTP 429')));
  isAway = false;
  await desk.post(id).cancel();
  await desk
    .post(id)
    .result()
    .catch(() => undefined);
  await writeHistory('post-cancelled-and-found-there', desk.post(id));
}

async function recordSlots(desk: Harness): Promise<void> {
  const everyDay = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, ['09:00']]);
  const slots = { week: Object.fromEntries(everyDay), missed: 'late' } as const;
  const id = await waitingPost(desk, { slots });
  await desk.review(id, { decision: 'approve', by });
  await desk.postUntil(id, ({ status }) => status === 'scheduled');
  await desk.review(id, { decision: 'reschedule', by, publishAt: 'next' });
  await desk.review(id, { decision: 'reschedule', by, publishAt: 'now' });
  await desk.post(id).result();
  await writeHistory('post-took-slots-and-went-out-now', desk.post(id));
}

async function recordUnpublish(desk: Harness): Promise<void> {
  const id = await waitingPost(desk, { targets: targetsNamed('feed', 'social') });
  await desk.review(id, { decision: 'approve', by });
  await desk.post(id).result();
  const handle = await desk.client.workflow.start(UNPUBLISH_WORKFLOW, {
    workflowId: unpublishWorkflowId(id),
    taskQueue: QUEUES.workflows,
    args: [{ postId: id, by, reason: 'a mistake' }],
  });
  await handle.result();
  await writeHistory('unpublish-taken-back', handle);
}

/** As a schedule starts it; without one there is nowhere to note the run, which is no reason to fail. */
async function recordSchedule(desk: Harness): Promise<void> {
  const id = newId((max) => randomInt(max));
  const order: ScheduleOrder = {
    ...{ id, account: 'ashtalksai', planner: PLANNER, mix: { hero_text: 1 }, brief: null, budgetUsd: null },
  };
  const handle = await desk.client.workflow.start(SCHEDULE_WORKFLOW, {
    workflowId: scheduleWorkflowId(id),
    taskQueue: QUEUES.workflows,
    args: [order],
  });
  const batch = desk.client.workflow.getHandle(batchWorkflowId(batchIdOf(handle.workflowId)));
  await until(
    () => batch.describe().catch(() => null),
    (found) => found !== null,
  );
  await batch.cancel();
  await handle.result();
  await writeHistory('schedule-started-a-batch', handle);
}
