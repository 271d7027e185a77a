import type { Insertable } from 'kysely';
import { toNano } from '../../../contract/money/nano.js';
import type { Schema } from '../schema.js';
import type { PostRecord } from './records.js';

export const postRow = ({ sequence, status, remindedAt }: PostRecord): Insertable<Schema['posts']> => ({
  id: status.id,
  batch_id: status.batchId,
  account: status.account,
  planner: status.planner,
  content_format: status.contentFormat,
  title: status.title,
  status: status.status,
  gate: status.gate,
  revision: status.revision,
  cost: toNano(status.costUsd),
  unknown: toNano(status.unknownUsd),
  offline: status.offline,
  sequence,
  created_at: status.createdAt,
  published_at: status.publishedAt,
  reminded_at: remindedAt ?? null,
  doc: JSON.stringify(status),
});
