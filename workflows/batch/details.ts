import { mixSize, specialMessage } from '../../contract/mix.js';
import { sampleWords } from '../../contract/sample-words.js';
import type { BatchState, PostState } from '../../contract/states.js';
import { dollars, facts, inWords, lines, link, parts, plain } from '../markdown.js';
import { HOW_TO_RESUME } from '../post/details.js';
import { batchStatus } from './status.js';
import type { KnownPost } from './known-post.js';
import { costOf, unknownOf, type BatchRun } from './run.js';

/** The most posts that the Temporal UI lists: it fetches the details by an address, which proxies cut at 8 kB or so. */
const LISTED = 25;
/** A batch in one of these states waits for a resume. */
const HALTED: Readonly<Partial<Record<BatchState, string>>> = { blocked: 'Blocked', paused: 'Paused' };
const FOR_A_PERSON: readonly PostState[] = ['blocked', 'awaiting_approval'];

/**
 * The batch for the Temporal UI, as Markdown: lists, since the pinned UI is older than its support for tables. The posts
 * that need a person come first.
 */
export function batchDetails(run: BatchRun): string {
  const { account, planner } = run.input;
  const head = [`**@${plain(account.handle)} · ${plain(planner)}**`, standing(run), countLine(run)];
  if (run.error) head.push(`${HALTED[run.status] ?? 'Error'}: ${plain(run.error.message)}`);
  if (run.status in HALTED) head.push(HOW_TO_RESUME);
  const shown = [lines(head)];
  if (run.posts.length > 0) shown.push(postList(run));
  // As code, since the UI would bend its quotes.
  shown.push(`\`${specialMessage(run.input.mix)}\``);
  return parts(shown);
}

function standing(run: BatchRun): string {
  const unknown = unknownOf(run);
  return facts([
    run.status,
    `${dollars(costOf(run))} of ${dollars(run.budget)}`,
    unknown > 0 && `${dollars(unknown)} more of unknown outcome`,
    sampleWords(batchStatus(run)),
  ]);
}

/** How many of the posts have been started, and how many are in which state. */
function countLine({ posts, input }: BatchRun): string {
  const counts = new Map<PostState, number>();
  for (const { status } of posts) counts.set(status, (counts.get(status) ?? 0) + 1);
  const states = [...counts].map(([status, count]) => `${count} ${inWords(status)}`);
  return facts([`${posts.length} of ${mixSize(input.mix)} posts started`, states.join(', ')]);
}

function postList({ posts, input }: BatchRun): string {
  const isForPerson = ({ status }: KnownPost): boolean => FOR_A_PERSON.includes(status);
  const ordered = [...posts.filter(isForPerson), ...posts.filter((post) => !isForPerson(post))];
  const rows = ordered
    .slice(0, LISTED)
    .map(({ id, title, contentFormat, status, cost }) =>
      facts([
        inWords(status),
        plain(contentFormat),
        dollars(cost),
        id,
        input.deskUrl === undefined
          ? plain(title)
          : link(title, `${input.deskUrl}/@${input.account.handle}/posts/${id}`),
      ]),
    );
  if (ordered.length > LISTED)
    rows.push(`and ${ordered.length - LISTED} more; filter the workflows by CopydeskBatch = "${input.id}"`);
  return rows.map((row) => `- ${row}`).join('\n');
}
