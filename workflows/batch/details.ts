import { mixSize } from '../../contract/mix.js';
import { sampleWords } from '../../contract/sample-words.js';
import { stateWords, type BatchState, type PostState } from '../../contract/states.js';
import type { BatchPost, BatchStatus } from '../../contract/status.js';
import { amount, facts, lines, link, parts, plain } from '../markdown.js';
import { HOW_TO_RESUME } from '../post/details.js';

/** The most posts that the Temporal UI lists: it fetches the details by an address, which proxies cut at 8 kB or so. */
const LISTED = 25;
/** A batch in one of these states waits for a resume. */
const HALTED: Readonly<Partial<Record<BatchState, string>>> = { blocked: 'Blocked', paused: 'Paused' };
const FOR_A_PERSON: readonly PostState[] = ['blocked', 'awaiting_approval'];

/**
 * The batch for the Temporal UI, as Markdown: lists, since the pinned UI is older than its support for tables. The posts
 * that need a person come first.
 *
 * @param deskUrl where people reach the desk, for the links; none when left out.
 */
export function batchDetails(batch: BatchStatus, deskUrl?: string): string {
  const { account, planner, status, error, posts, specialMessage } = batch;
  const head = [`**@${plain(account)} · ${plain(planner)}**`, standingLine(batch), countLine(batch)];
  if (error) head.push(`${HALTED[status] ?? 'Error'}: ${plain(error.message)}`);
  if (status in HALTED) head.push(HOW_TO_RESUME);
  const shown = [lines(head)];
  if (posts.length > 0) shown.push(postList(batch, deskUrl));
  // As code, since the UI would bend its quotes.
  shown.push(`\`${specialMessage}\``);
  return parts(shown);
}

function standingLine(batch: BatchStatus): string {
  const { status, costUsd, budgetUsd, unknownUsd } = batch;
  return facts([
    status,
    `${amount(costUsd)} of ${amount(budgetUsd)}`,
    unknownUsd > 0 && `${amount(unknownUsd)} more of unknown outcome`,
    sampleWords(batch),
  ]);
}

/** How many of the posts have been started, and how many are in which state. */
function countLine({ posts, counts, mix }: BatchStatus): string {
  const states = Object.entries(counts).map(([status, count]) => `${count} ${stateWords(status)}`);
  return facts([`${posts.length} of ${mixSize(mix)} posts started`, states.join(', ')]);
}

function postList({ id, account, posts }: BatchStatus, deskUrl?: string): string {
  const isForPerson = ({ status }: BatchPost): boolean => FOR_A_PERSON.includes(status);
  const ordered = [...posts.filter(isForPerson), ...posts.filter((post) => !isForPerson(post))];
  const rows = ordered.slice(0, LISTED).map((post) => postLine(post, account, deskUrl));
  if (ordered.length > LISTED)
    rows.push(`and ${ordered.length - LISTED} more; filter the workflows by CopydeskBatch = "${id}"`);
  return rows.map((row) => `- ${row}`).join('\n');
}

function postLine(
  { id, title, contentFormat, status, costUsd }: BatchPost,
  account: string,
  deskUrl?: string,
) {
  const name = deskUrl === undefined ? plain(title) : link(title, `${deskUrl}/@${account}/posts/${id}`);
  return facts([stateWords(status), plain(contentFormat), amount(costUsd), id, name]);
}
