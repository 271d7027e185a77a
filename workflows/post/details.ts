import { knownNano } from '../../contract/charge.js';
import { formatUsd } from '../../contract/money.js';
import { STEP_LABEL } from '../../contract/states.js';
import type { PostRun, RunRow } from './run.js';

/** The post for the Temporal UI, as Markdown: a list, since the pinned UI is older than its support for tables. */
export function postDetails(run: PostRun): string {
  const total = formatUsd(knownNano(run.charges));
  const lines = [
    `**${plain(run.draft?.title ?? run.input.title)}**`,
    '',
    `${run.status}${run.gate ? ` at gate ${run.gate}` : ''} · revision ${run.revision} · ${total}${run.input.offline ? ' · offline sample' : ''}`,
    '',
    ...run.rows.map((row) => `- ${rowLine(run, row)}`),
  ];
  if (run.error) lines.push('', `Blocked: ${plain(run.error.message)}`);
  if (run.draft) lines.push('', plain(run.draft.caption));
  return lines.join('\n');
}

function rowLine(run: PostRun, row: RunRow): string {
  const cost = knownNano(run.charges.filter((charge) => charge.step === row.step));
  const facts = [
    row.provider && `${row.provider} ${row.model ?? ''}`.trim(),
    row.asset,
    cost > 0 && formatUsd(cost),
  ];
  return [`${STEP_LABEL[row.step]}: ${row.state}`, ...facts.filter(Boolean)].join(' · ');
}

/** Model text as text: what Markdown would read as markup is escaped. */
const plain = (text: string): string => text.replace(/[\\`*_{}[\]<>#|]/g, '\\$&').replace(/\s+/g, ' ');
