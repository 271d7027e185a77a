/**
 * The task queues. Each has its own workers and slots, so that what waits in one never holds up another: a clip takes ten
 * minutes to collect, and a publish starts at once all the same; a reader's question doesn't stand behind drafts, nor a publish
 * behind a receiver of webhooks that takes its time.
 */
export const QUEUES = {
  workflows: 'copydesk',
  text: 'copydesk-text',
  media: 'copydesk-media',
  answer: 'copydesk-answer',
  publish: 'copydesk-publish',
  deliver: 'copydesk-deliver',
  record: 'copydesk-record',
} as const;

/** A queue by its short name, as `copydesk worker --queues` takes it. */
export type QueueName = keyof typeof QUEUES;

export const QUEUE_NAMES = Object.keys(QUEUES) as readonly QueueName[];

/** Which queue an activity runs on. A test holds this against the activities that exist. */
export const ACTIVITY_QUEUE = {
  readNews: 'text',
  plan: 'text',
  draft: 'text',
  answer: 'answer',
  embed: 'answer',
  settleLost: 'text',
  submit: 'media',
  adopt: 'media',
  collect: 'media',
  stop: 'media',
  copyPost: 'media',
  uploadFrame: 'media',
  reconcile: 'media',
  publish: 'publish',
  findPublication: 'publish',
  unpublish: 'publish',
  editAtTarget: 'publish',
  deliver: 'deliver',
  recordPost: 'record',
  recordBatch: 'record',
  readChat: 'record',
  readTurn: 'record',
  recordTurn: 'record',
  takeSlot: 'record',
  giveBackSlot: 'record',
  beginEdit: 'record',
  saveEdit: 'record',
  recordTargetEdit: 'record',
  beginUnpublish: 'record',
  recordRemoval: 'record',
  giveUpDelivery: 'record',
  rebuildPage: 'record',
  lookAfter: 'record',
  cancelBatch: 'record',
  prepareBatch: 'record',
  readOverlap: 'record',
  noteRun: 'record',
  noteSkip: 'record',
} as const satisfies Readonly<Record<string, Exclude<QueueName, 'workflows'>>>;

/**
 * Reads a list such as `text,media`: each queue once, in the order of `QUEUES`.
 *
 * @returns the first word that is no queue as `unknown`; an empty word where the list has a gap
 */
export function parseQueues(list: string): { queues: readonly QueueName[] } | { unknown: string } {
  const words = list.split(',').map((word) => word.trim());
  const unknown = words.find((word) => !(QUEUE_NAMES as readonly string[]).includes(word));
  if (unknown !== undefined) return { unknown };
  return { queues: QUEUE_NAMES.filter((name) => words.includes(name)) };
}
