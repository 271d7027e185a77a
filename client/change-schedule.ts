import { randomUUID } from 'node:crypto';
import type { Client, ScheduleDescription } from '@temporalio/client';
import type { Account } from '../contract/account.js';
import { batchSummary } from '../contract/batch.js';
import { UsageError } from '../contract/errors.js';
import type { Overlap, ScheduleOrder, ScheduleStatus } from '../contract/schedule.js';
import { RefusedError } from './errors.js';
import type { NewSchedule } from './schedule-order.js';

/** What is set; what is left out stays as it is. */
export interface ScheduleChange extends Partial<
  Pick<NewSchedule, 'planner' | 'mix' | 'cron' | 'overlap' | 'brief'>
> {
  /** The schedule's own, as its file is now: its time zone becomes the one that the times are in. */
  readonly account: Account;
  /** US dollars; null for the account's `budget.batch` at the time. */
  readonly budgetUsd?: number | null;
  /** The revision that the person saw; refused if it is another by now. */
  readonly revision?: number;
}

/**
 * The schedule that a change makes of one as it stands.
 *
 * @throws RefusedError where it is at another revision than the one that was seen, UsageError for another account's
 */
export function changedSchedule(
  now: ScheduleStatus,
  { account, revision = now.revision, budgetUsd = now.budgetUsd, ...change }: ScheduleChange,
): NewSchedule & { readonly overlap: Overlap } {
  if (revision !== now.revision)
    throw new RefusedError(
      `schedule ${now.id} was changed meanwhile: it is at revision ${now.revision}, not ${revision}; look at it again`,
    );
  if (account.handle !== now.account)
    throw new UsageError(
      'account',
      `account='${account.handle}': schedule ${now.id} is of @${now.account}; add one for the other account`,
    );
  const { planner = now.planner, mix = now.mix, cron = now.cron, overlap = now.overlap } = change;
  const { brief = now.brief } = change;
  return { id: now.id, account, planner, mix, cron, overlap, brief, budgetUsd: budgetUsd ?? undefined };
}

/** `ScheduleOverlapPolicy` of Temporal's API. */
const OVERLAP_POLICY = { skip: 1, queue: 3 } as const satisfies Record<Overlap, number>;

/** Asks Temporal to make a schedule what it is to be, if nobody has changed it since it was described; all else of it stays. */
export async function sendScheduleUpdate(
  client: Client,
  { scheduleId, raw }: Pick<ScheduleDescription, 'scheduleId' | 'raw'>,
  { account, overlap, order }: { account: Account; overlap: Overlap; order: Required<ScheduleOrder> },
): Promise<void> {
  const { schedule } = raw;
  const run = schedule?.action?.startWorkflow;
  await client.schedule.workflowService.updateSchedule({
    namespace: client.options.namespace,
    scheduleId,
    schedule: {
      ...schedule,
      spec: { cronString: [order.cron], timezoneName: account.timeZone },
      policies: { ...schedule?.policies, overlapPolicy: OVERLAP_POLICY[overlap] },
      action: {
        startWorkflow: {
          ...run,
          input: { payloads: await encoded(client, order) },
          userMetadata: {
            ...run?.userMetadata,
            summary: (await encoded(client, batchSummary({ ...order, account })))[0],
          },
        },
      },
    },
    conflictToken: raw.conflictToken,
    identity: client.options.identity,
    requestId: randomUUID(),
  });
}

/** As the client's data converter has it. */
async function encoded(client: Client, value: unknown) {
  const { payloadConverter, payloadCodecs } = client.options.loadedDataConverter;
  let payloads = [payloadConverter.toPayload(value)];
  for (const codec of payloadCodecs) payloads = await codec.encode(payloads);
  return payloads;
}
