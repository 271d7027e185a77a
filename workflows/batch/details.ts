import { formatUsd } from '../../contract/money.js';
import { specialMessage } from '../../contract/mix.js';
import { costOf, type BatchRun } from './run.js';

/** The most posts that the Temporal UI lists; the details are bounded. */
const LISTED = 50;

/** The batch for the Temporal UI, as Markdown: a list, since the pinned UI is older than its support for tables. */
export function batchDetails(run: BatchRun): string {
  const { input } = run;
  const lines = [
    `**${input.account.handle} · ${input.planner.replaceAll('_', '\\_')}** · ${run.status} · ${formatUsd(costOf(run))}${run.offline ? ' · offline sample' : ''}`,
    '',
    specialMessage(input.mix).replaceAll('_', '\\_'),
    '',
    ...run.posts
      .slice(0, LISTED)
      .map(
        (post) =>
          `- ${post.id} · ${post.contentFormat.replaceAll('_', '\\_')} · ${post.status.replaceAll('_', '\\_')} · ${formatUsd(post.cost)}`,
      ),
  ];
  if (run.posts.length > LISTED) lines.push(`- and ${run.posts.length - LISTED} more`);
  if (run.error) lines.push('', `Blocked: ${run.error.message.replace(/[\\`*_{}[\]<>#|]/g, '\\$&')}`);
  return lines.join('\n');
}
