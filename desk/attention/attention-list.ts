import type { AttentionItem, Key } from '../../contract/lists.js';
import { isKeyFailure } from '../../contract/errors.js';
import { runWords, type ScheduleStatus } from '../../contract/schedule.js';
import { MENDING_MS } from '../../contract/states.js';
import type { HaltedBatch, HaltedPost } from '../../services/archive/records/records.js';
import { countPosts, plannerWords } from '../batches/batch-words.js';

/** What the list is made from. */
export interface AttentionFacts {
  readonly posts: readonly HaltedPost[];
  readonly batches: readonly HaltedBatch[];
  readonly schedules: readonly ScheduleStatus[];
  readonly now: Date;
}

/** What a person has to do something about: what mends most first, of a kind the oldest first. */
export function attentionList({ posts, batches, schedules, now }: AttentionFacts): AttentionItem[] {
  const waits = posts.filter((post) => post.status === 'blocked');
  const failed = posts.filter((post) => post.status !== 'blocked').map(failedTarget);
  return [
    ...oldestFirst(Object.entries(KEY_TITLES).flatMap(([key, title]) => stoppedBy(key as Key, title, waits))),
    ...oldestFirst(batches.map(haltedBatch)),
    ...oldestFirst(schedules.flatMap(standingSchedule)),
    // Its workflow has ended since, and nobody can mend it any more.
    ...oldestFirst(failed).filter(({ since }) => Date.parse(since) + MENDING_MS > now.getTime()),
    ...oldestFirst(waits.filter((post) => !isKeyFailure(post.error)).map(blockedPost)),
  ];
}

const oldestFirst = <Item extends AttentionItem>(items: readonly Item[]): Item[] =>
  items.toSorted((one, other) => (one.since ?? '').localeCompare(other.since ?? ''));

const KEY_TITLES: Readonly<Record<Key, string>> = {
  OPENAI_API_KEY: 'The key of the text provider, or its account',
  FAL_KEY: 'The key of fal, or its account',
};

/** What stops one post stops all that need it, so that they are one thing to mend. */
function stoppedBy(key: Key, title: string, posts: readonly HaltedPost[]): AttentionItem[] {
  const stopped = posts.filter((post) => isKeyFailure(post.error) && keyOf(post) === key);
  const [newest] = stopped.toSorted((one, other) => other.since.localeCompare(one.since));
  if (!newest) return [];
  const ids = stopped.map(({ id }) => id);
  const accounts = new Set(stopped.map(({ account }) => account));
  return [
    {
      what: 'key',
      id: key,
      title,
      account: accounts.size === 1 ? newest.account : null,
      posts: ids,
      reason: `${countPosts(ids.length)} ${ids.length === 1 ? 'waits' : 'wait'} for it: ${newest.error?.message}`,
      since: stopped.map(({ since }) => since).toSorted()[0] ?? null,
      mend: {
        ...call('/api/attention/resume', { key }),
        command: `npx copydesk resume ${ids.join(' ')}`,
      },
    },
  ];
}

const MEDIA = ['hero_image', 'video'];

/** By the step that the post is at: fal makes pictures and clips, the text provider all else. */
const keyOf = ({ failed }: HaltedPost): Key =>
  MEDIA.includes(failed.findLast(({ step }) => step !== 'publish')?.step ?? '')
    ? 'FAL_KEY'
    : 'OPENAI_API_KEY';

const call = (path: string, body: AttentionItem['mend']['body'] = {}) =>
  ({ method: 'POST', path, body }) as const;

const resumePost = (id: string): AttentionItem['mend'] => ({
  ...call(`/api/posts/${id}/decisions`, { decision: 'resume' }),
  command: `npx copydesk resume ${id}`,
});

const blockedPost = ({ id, account, title, since, error }: HaltedPost) =>
  ({
    what: 'post',
    id,
    title: title || `Post ${id}`,
    account,
    posts: [id],
    reason: error?.message ?? 'It is blocked.',
    since,
    mend: resumePost(id),
  }) as const;

/** A target that did not take a post which is out at others; one call asks all such targets of the post again. */
function failedTarget(post: HaltedPost) {
  const stopped = post.failed.flatMap(({ step, at }) => (step === 'publish' && at !== null ? [at] : []));
  // A record of an earlier version does not say when.
  return { ...blockedPost(post), what: 'target', since: stopped.toSorted().at(-1) ?? post.since } as const;
}

const haltedBatch = ({ id, account, planner, since, error }: HaltedBatch): AttentionItem => ({
  what: 'batch',
  id,
  title: plannerWords(planner),
  account,
  posts: [],
  reason: error?.message ?? 'A person paused it: it begins nothing new until it is resumed.',
  since,
  mend: { ...call(`/api/batches/${id}/resume`), command: `npx copydesk batch resume ${id}` },
});

/** A schedule that starts nothing until it is resumed, or whose last run started nothing. */
function standingSchedule(schedule: ScheduleStatus): AttentionItem[] {
  const { id, account, planner, paused, note, problem, runningBatchId } = schedule;
  if (!paused && problem === null) return [];
  const order = paused ? 'resume' : 'run';
  const again = {
    ...call(`/api/schedules/${id}/${order}`),
    command: `npx copydesk schedule ${order} ${id}`,
  };
  // A skipped one goes on by itself once the batch before has ended.
  const approve = runningBatchId !== null && {
    ...call(`/api/batches/${runningBatchId}/approve`),
    command: `npx copydesk approve --batch ${runningBatchId}`,
  };
  return [
    {
      what: 'schedule',
      id,
      title: plannerWords(planner),
      account,
      posts: [],
      reason: paused
        ? `${note ?? 'It is paused.'} It starts no batch until it is resumed.`
        : `Its last run ${runWords(problem!)}: ${problem!.message}`,
      since: paused ? pausedAt(note) : (problem?.at ?? null),
      mend: (!paused && problem?.skipped && approve) || again,
    },
  ];
}

/** What a note says of when; one that was written in the Temporal UI does not. */
function pausedAt(note: string | null): string | null {
  const [, day, time] = / (\d{4}-\d\d-\d\d) (\d\d:\d\d) UTC\.$/.exec(note ?? '') ?? [];
  return day === undefined ? null : `${day}T${time}:00.000Z`;
}
