import { Context } from '@temporalio/activity';
import type { Charge } from '../contract/money/charge.js';
import type { PostReport } from '../contract/messages.js';
import type { BatchRecord, PostRecord } from '../services/archive/records/records.js';
import type { Webhook } from '../contract/account.js';
import type { WebhookEvent } from '../contract/webhooks.js';
import type { Services } from '../services/services.js';
import { announceEvents, postSubject } from './announce.js';
import { withHeartbeat } from './heartbeat.js';
import { tellBatch } from './tell-batch.js';

export type { BatchRecord, PostRecord } from '../services/archive/records/records.js';

/** A record, and what the batch hears; null when it has heard. */
export interface PostNews extends PostRecord {
  readonly batchId: string;
  readonly report: PostReport | null;
  /** What has happened that nobody was told of; nothing when left out. */
  readonly events?: readonly WebhookEvent[];
  /** Who is told. */
  readonly webhooks?: readonly Webhook[];
}

/** What an attempt leaves for the next one, once the batch has heard. */
const TOLD = 'told';

export const createRecord = (services: Services) => ({
  /**
   * Tells the batch where a post stands, then writes the record as it is now. May be repeated and come late: an older record
   * never replaces a newer one. An archive that is away does not keep the batch from hearing. The account's webhooks come last,
   * once the record that they lead to is there.
   *
   * @returns the charges that the archive has otherwise: an attempt that was killed wrote down what it really paid
   */
  recordPost({ batchId, report, events = [], webhooks = [], ...record }: PostNews): Promise<Charge[]> {
    const told = Context.current().info.heartbeatDetails === TOLD;
    return withHeartbeat(told ? TOLD : null, async (tell) => {
      if (report && !told) await tellBatch({ batchId, report });
      try {
        const stored = await services.archive.records.savePost(record);
        const subject = postSubject(record.status, services.deskUrl);
        await announceEvents(services, subject, { webhooks, events });
        return stored;
      } catch (error) {
        tell(TOLD);
        throw error;
      }
    });
  },
  recordBatch(record: BatchRecord): Promise<Charge[]> {
    const { status, account } = record;
    return withHeartbeat(null, async () => {
      const stored = await services.archive.records.saveBatch(record);
      if (status.status === 'done') {
        const done = { type: 'batch.done', key: 'once', at: services.now().toISOString() } as const;
        await announceEvents(
          services,
          { batch: status },
          { webhooks: account.webhooks ?? [], events: [done] },
        );
      }
      return stored;
    });
  },
});
