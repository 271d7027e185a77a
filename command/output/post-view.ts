import type { PipelineRow, PostStatus, ReviewEntry } from '../../contract/status.js';
import { SAMPLE, sampleWords } from '../../contract/sample-words.js';
import type { PostSummary } from '../../contract/lists.js';
import { errorWords } from './batch-view.js';
import { checksView } from './checks-view.js';
import { nextBlock, nextForPost } from './next.js';
import type { Colors } from './output.js';
import { clipped, printable, printableLine, printableText } from './printable.js';
import { table } from './table.js';
import { stateWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { stateColored, timeWords } from './words.js';

/** A post's status for a person: what it says, what was done and paid, what was decided, and what to do next. */
export function postView(given: PostStatus, colors: Colors): string {
  const status = printable(given);
  const samples = sampleWords(status);
  const gate = status.gate ? ` (${status.gate} gate)` : '';
  const unknown =
    status.unknownUsd > 0 ? `, and ${dollars(status.unknownUsd)} of lost answers estimated` : '';
  const billed = status.billedUsd === undefined ? '' : `, ${dollars(status.billedUsd)} billed so far`;
  const head = [
    colors.bold(printableLine(status.title)),
    `${status.id} · ${status.contentFormat} · @${status.account} · batch ${status.batchId}${samples === null ? '' : ` · ${samples}`}`,
    `${stateColored(status.status, colors)}${gate} · revision ${status.revision} · ${dollars(status.costUsd)} total${billed}${unknown}`,
    ...(status.slot ? [`slot ${timeWords(status.slot)}`] : []),
    ...status.publications.map(({ target, url }) => `${target}: ${printableLine(url)}`),
    ...(status.error ? [colors.red(`${stateWords(status.status)}: ${errorWords(status.error)}`)] : []),
  ];
  const hashtags = status.hashtags.map((tag) => `#${tag}`).join(' ');
  // These alone have paragraphs.
  const text = [given.body, [given.caption, hashtags].filter(Boolean).join(' ')]
    .filter((part): part is string => Boolean(part))
    .map(printableText);
  const checks = status.checks.length > 0 ? [checksView(status.checks, colors)] : [];
  const blocks = [
    head.join('\n'),
    planView(status, colors),
    ...text,
    ...checks,
    pipelineView(status.pipeline),
  ];
  if (status.review.length > 0) blocks.push(status.review.map(reviewLine).join('\n'));
  return blocks.join('\n\n') + nextBlock(nextForPost(status));
}

/** `post list` for a person. */
export function postListView(given: readonly PostSummary[], waiting: boolean, colors: Colors): string {
  const posts = printable(given);
  if (posts.length === 0) return waiting ? 'No post waits for a person.' : 'No post yet.';
  const rows = posts.map((post) => [
    post.id,
    `@${post.account}`,
    post.contentFormat,
    stateColored(post.status, colors) + marks(post),
    String(post.revision),
    dollars(post.costUsd),
    timeWords(post.since),
    `${clipped(post.title, 60)}${post.offline ? ' (offline sample)' : ''}`,
  ]);
  const head = ['POST', 'ACCOUNT', 'FORMAT', 'STATUS', 'REV', 'COST', 'SINCE', 'TITLE'];
  const first = posts.find((post) => post.status === 'awaiting_approval');
  return table(head, rows, { right: ['REV', 'COST'] }) + nextBlock(first ? nextForPost(first) : []);
}

function marks({ gate, reminded, misses }: PostSummary): string {
  const words = [
    ...(gate === 'media' ? ['media'] : []),
    ...(reminded ? ['reminded'] : []),
    ...(misses > 0 ? [`${misses} missed`] : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

function planView({ plan }: PostStatus, colors: Colors): string {
  const lines = [
    plan.angle,
    plan.rationale,
    plan.newsPeg && `News: ${plan.newsPeg}`,
    `Button: ${plan.button}`,
  ];
  return lines
    .filter((line): line is string => Boolean(line))
    .map((line) => colors.dim(printableLine(line)))
    .join('\n');
}

function pipelineView(pipeline: readonly PipelineRow[]): string {
  const rows = pipeline.map((row) => [
    row.label,
    row.state,
    [row.provider, row.model, row.offline && SAMPLE].filter(Boolean).join(' · '),
    dollars(row.costUsd),
    row.apiSeconds === null ? '' : `${row.apiSeconds.toFixed(1)}s`,
    row.attempts > 1 ? `${row.attempts} attempts` : '',
    row.asset ?? row.note ?? '',
  ]);
  const head = ['STEP', 'STATE', 'MODEL', 'COST', 'API', 'TRIES', 'ASSET'];
  return table(
    head,
    rows.map((row) => row.map(printableLine)),
    { right: ['COST', 'API'] },
  );
}

function reviewLine(entry: ReviewEntry): string {
  const note = entry.note ? `: ${entry.note}` : '';
  const counted = entry.counted ? '' : ' (did not count)';
  return printableLine(
    `${timeWords(entry.at)}  ${stateWords(entry.decision)} by ${entry.by}, revision ${entry.revision}${counted}${note}`,
  );
}
