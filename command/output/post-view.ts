import { failedChecks, type Check } from '../../contract/checks.js';
import type { PipelineRow, PostStatus, Publication, ReviewEntry, TargetText } from '../../contract/status.js';
import { SAMPLE, sampleWords } from '../../contract/sample-words.js';
import type { AttentionItem, PostSummary } from '../../contract/lists.js';
import { errorWords } from './batch-view.js';
import { nextBlock, nextForPost } from './next.js';
import type { Colors } from './output.js';
import {
  clipped,
  printableDocument,
  printableLine,
  printableLines,
  stateColored,
  timeWords,
} from './printable.js';
import { table } from './table.js';
import { ATTENTION_WORDS, hasFailedTarget, stateWords, TARGET_FAILED } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';

/**
 * A post's status for a person, each part under its name: what it says, what was done and paid, what was decided, and what to
 * do next.
 *
 * @param desk where people reach the desk
 */
export function postView(given: PostStatus, colors: Colors, desk: string, width = Infinity): string {
  const status = printableDocument(given);
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
    ...status.publications.map(publicationLine),
    ...(status.error ? [colors.red(`${stateWords(status.status)}: ${errorWords(status.error)}`)] : []),
  ];
  const named = (name: string, text: string): string => `${colors.bold(name)}\n${text}`;
  const hashtags = status.hashtags.map((tag) => `#${tag}`).join(' ');
  // These alone have paragraphs.
  const text = [
    ['Body', given.body] as const,
    ['Caption', [given.caption, hashtags].filter(Boolean).join(' ')] as const,
  ].flatMap(([name, part]) => (part ? [named(name, printableLines(part))] : []));
  const texts = (given.texts ?? []).map((one) => targetTextView(one, colors));
  const checks = status.checks.length > 0 ? [checksView(status.checks, colors)] : [];
  const blocks = [
    head.join('\n'),
    named('Plan (what the drafter was given)', planView(status, colors)),
    ...text,
    ...texts,
    ...checks,
    named('Pipeline', pipelineView(status.pipeline, width)),
  ];
  if (status.review.length > 0) blocks.push(named('Review', status.review.map(reviewLine).join('\n')));
  return blocks.join('\n\n') + nextBlock(nextForPost(status, desk));
}

interface PostListing {
  /** What was asked for: it says what an empty list means. */
  readonly which: keyof typeof NONE;
  readonly colors: Colors;
  /** Where people reach the desk. */
  readonly desk: string;
  readonly width?: number;
}

const NONE = { all: 'No post yet.', waiting: 'No post waits for a person.', some: 'No post matches.' };

/** `post list` for a person. */
export function postListView(
  given: readonly PostSummary[],
  { which, colors, desk, width }: PostListing,
): string {
  const posts = printableDocument(given);
  if (posts.length === 0) return NONE[which];
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
  const next = first ? [`${desk}/desk`, `npx copydesk approve ${first.id} --revision ${first.revision}`] : [];
  const fit = { width, cut: ['TITLE'], spare: ['SINCE', 'FORMAT', 'REV'] };
  return table(head, rows, { right: ['REV', 'COST'], ...fit }) + nextBlock(next);
}

/** `post list --attention` for a person: what and where, why, and the command that mends it. */
export function attentionView(given: readonly AttentionItem[], colors: Colors): string {
  const items = printableDocument(given);
  if (items.length === 0) return 'Nothing needs attention.';
  return items
    .map(({ what, title, account, since, reason, mend }) =>
      [
        `${colors.bold(clipped(title, 80))} · ${ATTENTION_WORDS[what]}${account === null ? '' : ` · @${account}`}${since === null ? '' : ` · since ${timeWords(since)}`}`,
        `  ${colors.red(reason)}`,
        `  ${mend.command}`,
      ].join('\n'),
    )
    .join('\n\n');
}

function marks(post: PostSummary): string {
  const { gate, reminded, misses } = post;
  const words = [
    ...(hasFailedTarget(post) ? [TARGET_FAILED] : []),
    ...(gate === 'media' ? ['media'] : []),
    ...(reminded ? ['reminded'] : []),
    ...(misses > 0 ? [`${misses} missed`] : []),
  ];
  return words.length > 0 ? ` (${words.join(', ')})` : '';
}

function planView({ plan }: PostStatus, colors: Colors): string {
  const lines = [
    `Angle: ${plan.angle}`,
    plan.rationale && `Why: ${plan.rationale}`,
    plan.newsPeg && `News: ${plan.newsPeg}`,
    plan.newsUrl && `News source: ${plan.newsUrl}`,
    `Button: ${plan.button}`,
  ];
  return lines
    .filter((line): line is string => Boolean(line))
    .map((line) => colors.dim(printableLine(line)))
    .join('\n');
}

function pipelineView(pipeline: readonly PipelineRow[], width: number): string {
  const rows = pipeline.map((row) => [
    row.label,
    row.state,
    [row.target, row.provider, row.model, row.offline && SAMPLE].filter(Boolean).join(' · '),
    dollars(row.costUsd),
    row.apiSeconds === null ? '' : `${row.apiSeconds.toFixed(1)}s`,
    row.attempts > 1 ? `${row.attempts} attempts` : '',
    row.asset ?? row.note ?? '',
  ]);
  const head = ['STEP', 'STATE', 'MODEL', 'COST', 'API', 'TRIES', 'ASSET'];
  return table(
    head,
    rows.map((row) => row.map(printableLine)),
    { right: ['COST', 'API'], width, cut: ['MODEL', 'ASSET'], spare: ['API', 'TRIES'] },
  );
}

/** What goes out at a target of its own, with how it came about. */
function targetTextView({ target, text, own, left }: TargetText, colors: Colors): string {
  const about = [own && 'written by a person', left.length > 0 && `no room for ${left.join(', ')}`].filter(
    Boolean,
  );
  const head = `Text for ${target}${about.length > 0 ? ` (${about.join('; ')})` : ''}`;
  return `${colors.dim(printableLine(head))}\n${printableLines(text)}`;
}

function publicationLine({ target, url, removedAt }: Publication): string {
  // A worker of an earlier version says nothing of it.
  const gone = removedAt ? ` (deleted ${timeWords(removedAt)})` : '';
  return `${target}: ${printableLine(url)}${gone}`;
}

function reviewLine(entry: ReviewEntry): string {
  const note = entry.note ? `: ${entry.note}` : '';
  const counted = entry.counted ? '' : ' (did not count)';
  return printableLine(
    `${timeWords(entry.at)}  ${stateWords(entry.decision)} by ${entry.by}, revision ${entry.revision}${counted}${note}`,
  );
}

/** The misses of the house style, each with what to mend; what holds is a number. */
export function checksView(checks: readonly Check[], colors: Colors): string {
  const failed = failedChecks(checks);
  if (failed.length === 0) return colors.dim(`Checks: all ${checks.length} hold`);
  const width = Math.max(...failed.map(({ rule }) => rule.length));
  const lines = failed.map(
    ({ rule, detail }) => `  ${rule.padEnd(width)}  ${printableLine(detail ?? 'missed')}`,
  );
  return [colors.yellow(`Checks: ${failed.length} of ${checks.length} missed`), ...lines].join('\n');
}
