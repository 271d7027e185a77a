/** The library: `import { Copydesk } from 'copydesk/client'`. */
export { Copydesk, type ConnectOptions } from './copydesk.js';
export type { Batches, NewBatch } from './batches.js';
export type { Posts } from './posts.js';
export type { CostFilter, PostFilter } from './lists.js';
export type { ListedPost } from './post-states.js';
export { isSettled } from './settled.js';
export { CopydeskError, SettingError, UsageError } from '../contract/errors.js';
export {
  DeskError,
  EndedError,
  NoNamespaceError,
  NoTemporalError,
  NoWorkerError,
  RefusedError,
  TemporalCallError,
  UnknownIdError,
  UsedIdError,
} from './errors.js';
