/** What programs, workflows and workers agree on: `import type { PostStatus } from 'copydesk/contract'`. */
export type { Account, Planner, Webhook } from './account.js';
export type { Check } from './checks.js';
export { ID_PATTERN, batchWorkflowId, postWorkflowId } from './ids.js';
export type {
  AttentionItem,
  AttentionList,
  BatchPage,
  BatchSummary,
  Costs,
  PostPage,
  PostSummary,
  SlotList,
  SlotRow,
} from './lists.js';
export * from './messages.js';
export { checkMix, parseMix, specialMessage, type Mix } from './mix.js';
export { formatUsd, parseUsd, toNano, toUsd, type Nano } from './money/nano.js';
export * from './search-attributes.js';
export * from './states.js';
export type {
  BatchPost,
  BatchStatus,
  PipelineRow,
  Plan,
  PostStatus,
  Publication,
  ReviewEntry,
  StatusError,
  TargetText,
} from './status.js';
export { QUEUES, type QueueName } from './task-queues.js';
export { WEBHOOK_TYPES, type Delivery, type WebhookType } from './webhooks.js';
export type { Revision } from './revision.js';
