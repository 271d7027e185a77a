/** The library: `import { Copydesk } from 'copydesk/client'`. */
export { Copydesk, type ConnectOptions } from './copydesk.js';
export { CopydeskHttp, type HttpAccount } from './http/copydesk-http.js';
export type { HttpBatches, HttpEstimate } from './http/batches.js';
export type { HttpAnswer, HttpChats } from './http/chats.js';
export type { HttpPostFilter, HttpPosts } from './http/posts.js';
export { DeskRefusal } from './desk-api.js';
export type { Batches, NewBatch } from './batches.js';
export type { Posts } from './posts.js';
export type { OpenQuestion } from '../contract/open-questions.js';
export type { Chats, Question } from './chats.js';
export type { Deliveries } from './deliveries.js';
export type { ScheduleChange } from './change-schedule.js';
export type { NewSchedule } from './schedule-order.js';
export type { Schedules } from './schedules.js';
export type { TakenBack, Unpublish } from './unpublish.js';
export { startCopy, type StartedCopy } from './duplicate.js';
export type { CostFilter, PostFilter, SlotFilter } from './lists.js';
export type { ListedPost } from './lists.js';
export { isSettled } from './wait.js';
export { CopydeskError, SettingError, UsageError } from '../contract/errors.js';
export {
  DeskError,
  BudgetError,
  ChatOffError,
  EndedError,
  NoNamespaceError,
  NoTemporalError,
  NoWorkerError,
  RefusedError,
  TemporalCallError,
  UnansweredError,
  UnknownIdError,
  UsedIdError,
} from './errors.js';
