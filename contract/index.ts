/** What programs, workflows and workers agree on: `import type { PostStatus } from 'copydesk/contract'`. */
export type { Account, Planner } from './account.js';
export type { Check } from './checks.js';
export { ID_PATTERN, batchWorkflowId, postWorkflowId } from './ids.js';
export type { BatchSummary, Costs, PostSummary } from './lists.js';
export * from './messages.js';
export { checkMix, parseMix, specialMessage, type Mix } from './mix.js';
export { formatUsd, parseUsd, toNano, toUsd, type Nano } from './money/nano.js';
export * from './search-attributes.js';
export * from './states.js';
export type * from './status.js';
export { QUEUES, type QueueName } from './task-queues.js';
