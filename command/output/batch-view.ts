import type { BatchPost, BatchStatus } from '../../contract/status.js';
import { sampleWords } from '../../contract/sample-words.js';
import type { BatchSummary } from '../../contract/lists.js';
import { nextBlock, nextForBatch } from './next.js';
import type { Colors } from './output.js';
import { clipped, printableDocument, printableLine, stateColored, timeWords } from './printable.js';
import { table } from './table.js';
import { stateWords, countWords } from '../../contract/states.js';
import { dollars } from '../../contract/money/nano.js';
import { mixWords } from '../../contract/mix.js';

/** A thousand rows help nobody; --json has them all. */
const MOST_ROWS = 60;

/** A batch's status for a person: the head, a row a post, and what to do next. @param desk where people reach the desk */
export function batchView(given: BatchStatus, colors: Colors, desk: string, width = Infinity): string {
  const status = printableDocument(given);
  const { id, account, planner, mix } = status;
  const samples = sampleWords(status);
  const unknown =
    status.unknownUsd > 0 ? `, and ${dollars(status.unknownUsd)} of lost answers estimated` : '';
  const head = [
    `${colors.bold(`Batch ${id}`)}  ${stateColored(status.status, colors)}  @${account} · ${planner}`,
    `${mixWords(mix)} · ${dollars(status.costUsd)} of ${dollars(status.budgetUsd)} spent${unknown}${samples === null ? '' : ` · ${samples}`}`,
    ...(status.brief ? [`Brief: ${clipped(status.brief, 100)}`] : []),
    ...(status.repeat ? [`Repeat: ${clipped(status.repeat, 100)}`] : []),
    ...(status.error ? [colors.red(errorWords(status.error))] : []),
  ];
  const rows = status.posts.slice(0, MOST_ROWS).map((post) => row(post, colors));
  const posts =
    rows.length === 0
      ? 'No post is planned yet.'
      : table(['POST', 'FORMAT', 'STATUS', 'REV', 'COST', 'TITLE'], rows, {
          right: ['REV', 'COST'],
          width,
          cut: ['TITLE'],
          spare: ['FORMAT'],
        });
  const more =
    status.posts.length > MOST_ROWS
      ? [`… and ${status.posts.length - MOST_ROWS} more (--json lists all)`]
      : [];
  const blocked = status.posts
    .filter((post) => post.error)
    .slice(0, MOST_ROWS)
    .map((post) => colors.red(`${post.id} ${stateWords(post.status)}: ${errorWords(post.error!)}`));
  const summary = countWords(status.counts);
  return (
    [...head, '', posts, ...more, ...(summary ? ['', summary] : []), ...blocked].join('\n') +
    nextBlock(nextForBatch(status, desk))
  );
}

/** `batch list` for a person. */
export function batchListView(given: readonly BatchSummary[], colors: Colors, width = Infinity): string {
  const batches = printableDocument(given);
  if (batches.length === 0) {
    return `No batch yet.${nextBlock(['npx copydesk batch start --help'])}`;
  }
  const rows = batches.map((batch) => [
    batch.id,
    `@${batch.account}`,
    clipped(batch.planner, 40),
    mixWords(batch.mix),
    stateColored(batch.status, colors),
    dollars(batch.costUsd),
    timeWords(batch.createdAt),
    `${countWords(batch.counts)}${batch.offline ? ' (offline sample)' : ''}`,
  ]);
  const head = ['BATCH', 'ACCOUNT', 'PLANNER', 'MIX', 'STATUS', 'COST', 'STARTED', 'POSTS'];
  const cut = ['PLANNER', 'MIX', 'POSTS'];
  return table(head, rows, { right: ['COST'], width, cut, spare: ['STARTED', 'MIX'] });
}

function row(post: BatchPost, colors: Colors): string[] {
  return [
    post.id,
    post.contentFormat,
    stateColored(post.status, colors) + (post.gate === 'media' ? ' (media)' : ''),
    String(post.revision),
    dollars(post.costUsd),
    clipped(post.title, 60),
  ];
}

/** Why something is blocked or failed: the type, the provider's words, its request id. */
export function errorWords(error: NonNullable<BatchStatus['error']>): string {
  const request = error.requestId ? ` (request ${error.requestId})` : '';
  return printableLine(`${error.type}: ${error.message}${request}`);
}
