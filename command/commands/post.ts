import { deskApi, DeskRefusal } from '../../client/desk-api.js';
import { startCopy } from '../../client/duplicate.js';
import { RefusedError } from '../../client/errors.js';
import { listAttention, listPosts, listSlots, type PostFilter } from '../../client/lists.js';
import { parseDuration } from '../../config/accounts/duration.js';
import { UsageError } from '../../contract/errors.js';
import { TEXT_LIMITS } from '../../contract/limits.js';
import { POST_STATES, stateWords } from '../../contract/states.js';
import { withCopydesk } from '../context.js';
import { reviewEach } from '../decisions.js';
import {
  argument,
  BY,
  choice,
  defineCommand,
  flag,
  neededOption,
  option,
  POST_ID,
  presetOption,
  text,
  type Definition,
} from '../define.js';
import { countValue, handleValue, idValue, publishAtValue, weeksValue } from '../options/values.js';
import { attentionView, postListView, postView } from '../output/post-view.js';
import { printableLine } from '../output/printable.js';
import { slotsView } from '../output/schedule-view.js';

const REASON = option('--reason <text>', 'why, for the record', text(TEXT_LIMITS.note));

const postStatus = defineCommand({
  name: 'status',
  about: "a post's text, pipeline, costs and decisions",
  takes: { id: POST_ID },
  examples: ['npx copydesk post status UpkTZ26nc9Eb', 'npx copydesk post status UpkTZ26nc9Eb --json'],
  prints: "the post's status document",
  run: (run, { id }) =>
    withCopydesk(run, async ({ posts }) => {
      const { output, settings } = run;
      const status = await posts.status(id);
      output.result(status, (width) => postView(status, output.colors, settings.url, width));
    }),
});

const postList = defineCommand({
  name: 'list',
  about: 'the posts, newest first',
  takes: {
    waiting: flag('--waiting', 'only those that wait for a person'),
    status: choice('--status <state>', 'only those in this state', POST_STATES),
    attention: flag('--attention', 'what needs a person: blocked, failed, paused, and how to mend it'),
    account: option('--account <handle>', 'only those of this account', handleValue),
    batch: option('--batch <id>', 'only those of this batch', idValue),
    limit: option('--limit <n>', 'at most so many, the newest', countValue),
  },
  examples: [
    'npx copydesk post list --waiting',
    'npx copydesk post list --account ashtalksai --status scheduled --limit 20 --json',
    'npx copydesk post list --attention',
  ],
  prints:
    '{ posts: [{ id, account, batchId, planner, title, contentFormat, status, gate, revision, costUsd, since, reminded, misses, offline, hero, slot, error, createdAt }] }; with --attention { attention: [{ what, id, title, account|null, posts: [], reason, since|null, mend: { method, path, body, command } }] }',
  notes: [
    "--attention lists blocked posts, published ones that a target did not take, paused and blocked batches, schedules that start nothing, and a provider's key that posts wait for. It takes --account, and none of the others. --waiting is --status awaiting_approval, so they exclude each other.",
    'A post that a person was reminded of is marked, and how many checks of the house style it misses.',
    'An account is known to the desk by its file or by its batches; another is wrong use, with exit code 2.',
  ],
  async run({ settings, output }, { attention, account, ...only }) {
    refuseMixedFilters(attention, only);
    if (attention) {
      const list = await listAttention(deskApi(settings), account);
      return output.result(list, () => attentionView(list.attention, output.colors));
    }
    const { posts } = await listPosts(deskApi(settings), { ...only, account });
    const which = only.waiting ? 'waiting' : account || only.status || only.batch ? 'some' : 'all';
    output.result({ posts }, (width) =>
      postListView(posts, { which, colors: output.colors, desk: settings.url, width }),
    );
  },
});

/** @throws UsageError for options of which one says what the other denies, or does not know */
function refuseMixedFilters(attention: boolean, only: PostFilter): void {
  const exclude = (one: string, other: string): never => {
    throw new UsageError(one, `--${one} and --${other} exclude each other; give one of them`);
  };
  for (const other of ['waiting', 'status', 'batch', 'limit'] as const)
    if (attention && only[other]) exclude('attention', other);
  if (only.waiting && only.status) exclude('waiting', 'status');
}

const postMove = defineCommand({
  name: 'move',
  about: 'give a scheduled post another time',
  takes: {
    id: POST_ID,
    at: neededOption(
      '--at <time>',
      'ISO 8601 with zone, or next for the next free slot, or now',
      (at, time) => publishAtValue(at, time, Date.now()),
    ),
    by: BY,
  },
  examples: [
    'npx copydesk post move UpkTZ26nc9Eb --at 2027-01-31T09:00:00+01:00',
    'npx copydesk post move UpkTZ26nc9Eb --at next',
  ],
  prints: '{ results: [{ id, status, revision }] }',
  notes: ['Its slot is free again at once. The post stays approved as it is.'],
  run: (run, { id, at, by }) => reviewEach(run, [id], { decision: 'reschedule', by, publishAt: at }),
});

const postCancel = defineCommand({
  name: 'cancel',
  about: 'cancel a post that is not published yet',
  takes: { id: POST_ID, reason: REASON, by: BY },
  examples: ['npx copydesk post cancel UpkTZ26nc9Eb --reason "Overtaken by events"'],
  prints: '{ results: [{ id, status, revision }] }',
  run: (run, { id, reason, by }) => reviewEach(run, [id], { decision: 'cancel', by, reason }),
});

const HOUR_MS = 3_600_000;
const LONGEST_MS = 30 * 24 * HOUR_MS;

/** A link with which somebody without a token sees and decides a post. */
const postShare = defineCommand({
  name: 'share',
  about: 'make a link with which somebody without a token sees a waiting post and decides it once',
  takes: {
    id: POST_ID,
    expires: presetOption('--expires <time>', 'how long it holds, from 1h to 30d', '3d', expiresValue),
  },
  examples: [
    'npx copydesk post share UpkTZ26nc9Eb',
    'npx copydesk post share UpkTZ26nc9Eb --expires 12h --json',
  ],
  prints: '{ url, expiresAt }',
  notes: [
    'The link holds for the revision that waits now, and for one decision. Whoever has it can decide, so send it to that person alone. The record says who decided: the name that they give, and (link).',
    'It is made by the desk (COPYDESK_API), and begins with COPYDESK_URL.',
  ],
  async run({ settings, output }, { id, expires }) {
    const shared = await deskApi(settings)
      .post<{ url: string; expiresAt: string }>(`/api/posts/${id}/share`, { expiresIn: expires })
      .catch((error: unknown) => {
        throw error instanceof DeskRefusal ? new RefusedError(error.reason) : error;
      });
    output.result(shared, () => `${shared.url}\n\nIt takes one decision, and ends ${shared.expiresAt}.`);
  },
});

/** @throws UsageError */
function expiresValue(field: string, typed: string): string {
  const lasts = parseDuration(typed) ?? 0;
  if (lasts >= HOUR_MS && lasts <= LONGEST_MS) return typed.trim();
  throw new UsageError(
    field,
    `${field}='${typed.slice(0, 60)}' is not a time from 1h to 30d, such as 12h or 3d`,
  );
}

const postUnpublish = defineCommand({
  name: 'unpublish',
  about: 'take a published post back',
  takes: { id: POST_ID, reason: REASON, by: BY },
  examples: ['npx copydesk post unpublish UpkTZ26nc9Eb --reason "The figures were wrong"'],
  prints: '{ status }',
  notes: [
    'Its page answers 410 and its feeds drop it at once; each target is asked to delete it, and the record stays and says what came of it.',
    'Asked again, it asks the targets that kept it once more.',
  ],
  run: (run, { id, reason, by }) =>
    withCopydesk(run, async ({ posts }) => {
      const { status, keptBy } = await posts.unpublish(id, { by, reason });
      const kept = `, and still at ${keptBy.map(printableLine).join(', ')}: npx copydesk post status ${id} says why`;
      run.output.result({ status }, () => `${id} is ${stateWords(status)}${keptBy.length === 0 ? '' : kept}`);
    }),
});

const postDuplicate = defineCommand({
  name: 'duplicate',
  about: 'start a copy of a post, for the same account or another, which waits for approval',
  takes: {
    id: POST_ID,
    account: option('--account <handle>', "the copy's account (default: the same)", handleValue),
  },
  examples: [
    'npx copydesk post duplicate UpkTZ26nc9Eb',
    'npx copydesk post duplicate UpkTZ26nc9Eb --account crumbandcrust --json',
  ],
  prints: '{ batchId, postId }',
  notes: [
    'Plan, words and files are copied into a batch of one; nothing is paid. A post that was taken back can come again this way.',
    'For another account it goes to the planner of the same name, or else to the first.',
  ],
  run: (run, { id, account: handle }) =>
    withCopydesk(run, async ({ posts, batches }) => {
      const { output, settings } = run;
      const original = await posts.status(id);
      const { loadAccount } = await import('../../config/accounts/load.js');
      const account = await loadAccount(settings.accounts, handle ?? original.account);
      const started = await startCopy(batches, original, account);
      output.result(
        started,
        () => `Started ${started.postId}, a copy of ${id} for @${account.handle}, which waits for approval.`,
      );
    }),
});

export const post: Definition = {
  name: 'post',
  about: 'one post, from its plan to its publication',
  examples: ['npx copydesk post list --waiting', 'npx copydesk post status UpkTZ26nc9Eb'],
  under: [postStatus, postList, postMove, postCancel, postShare, postDuplicate, postUnpublish],
};

/** When an account publishes, and what goes out then, from the desk. */
export const slots = defineCommand({
  name: 'slots',
  about: "an account's slots to come, and the post that goes out at each",
  takes: {
    account: argument('<account>', "the account's handle", handleValue),
    weeks: presetOption('--weeks <n>', 'how far to look, from now on', '2', weeksValue),
  },
  examples: ['npx copydesk slots crumbandcrust', 'npx copydesk slots crumbandcrust --weeks 8 --json'],
  prints: '{ slots: [{ at, postId|null, title|null }] }',
  notes: [
    "The slots are those of the account's file as it is now; a person sees them in the account's time zone. What goes out at other times is in post list.",
    'An account that has neither a file nor a batch is wrong use, with exit code 2.',
  ],
  async run({ settings, output }, { account, weeks }) {
    const list = await listSlots(deskApi(settings), account, { weeks });
    output.result({ slots: list.slots }, (width) => slotsView(list, account, width));
  },
});
