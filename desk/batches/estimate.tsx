import { batchInput, type NewBatch } from '../../client/batches.js';
import { dollars, type Nano, toNano, toUsd } from '../../contract/money/nano.js';
import {
  type BatchEstimate,
  estimateBatch,
  type PlannedCalls,
} from '../../contract/money/prices/estimate.js';
import { STEP_LABEL } from '../../contract/states.js';
import type { Ledger } from '../../services/archive/ledger/ledger.js';
import { FigureHeads } from '../kit/figures.js';
import type { DeskDeps } from '../deps.js';

/** What a batch is expected to cost, and the budgets that it is held against. Amounts in nano-USD. */
export interface CheckedEstimate extends BatchEstimate {
  readonly budget: Nano;
  /** Of the account, for a calendar month of UTC; null for no limit. */
  readonly month: { readonly limit: Nano; readonly spent: Nano } | null;
  readonly confirmOver: Nano | null;
}

/** The estimate of `batch start --dry-run`, with what the account has spent this month beside it. */
export async function checkedEstimate(
  order: NewBatch,
  { archive, settings, now }: Pick<DeskDeps, 'archive' | 'settings' | 'now'>,
): Promise<CheckedEstimate> {
  const input = batchInput(order, settings.url);
  const { month: limit = null, confirmOver = null } = input.account.budget;
  const spent = limit === null ? 0 : await spentThisMonth(archive.ledger, input.account.handle, now());
  return {
    ...estimateBatch({ ...input, textRate: settings.textRate ?? null }),
    budget: input.budget,
    month: limit === null ? null : { limit, spent },
    confirmOver,
  };
}

/** What counts against an account's budget of this calendar month of UTC, in nano-USD: estimates of lost answers too. */
async function spentThisMonth(ledger: Pick<Ledger, 'sumCosts'>, account: string, now: Date): Promise<Nano> {
  const since = monthStart(now);
  const { rows } = await ledger.sumCosts({ by: 'account', since });
  const row = rows.find(({ key }) => key === account);
  return row ? toNano(row.costUsd) + toNano(row.unknownUsd) : 0;
}

/** The first moment of a calendar month of UTC, ISO 8601. */
export const monthStart = (now: Date): string => `${now.toISOString().slice(0, 7)}-01T00:00:00.000Z`;

/** What a batch is expected to cost: its calls, their sum against the budgets, and what would wait for a person. */
export function EstimatePanel({ estimate }: { estimate: CheckedEstimate | null }) {
  if (estimate === null)
    return (
      <p class="quiet">
        Fill in the form, and the calls of the batch stand here with what they are expected to cost.
      </p>
    );
  const { calls, total } = estimate;
  return (
    <>
      <p class="sum">
        {nano(total)} <span class="quiet">for {calls.reduce((sum, row) => sum + row.calls, 0)} calls</span>
      </p>
      <table class="figures">
        <FigureHeads words={['Step']} numbers={['Calls', 'Each', 'Estimate']} />
        <tbody>
          {calls.map((row) => (
            <tr>
              <th scope="row">
                {STEP_LABEL[row.step]} <span class="under">{row.model}</span>
              </th>
              <td class="number">{row.calls}</td>
              <td class="number">{eachWords(row)}</td>
              <td class="number">{nano(row.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <ul class="plain findings">
        {findings(estimate).map(({ tone, text }) => (
          <li class={`finding finding-${tone}`}>{text}</li>
        ))}
      </ul>
      <p class="quiet">
        Each call counted once, at the prices of the table; a refused or redone one is paid again. What
        stand-ins make costs nothing.
      </p>
    </>
  );
}

interface Finding {
  readonly tone: 'good' | 'wait' | 'bad';
  readonly text: string;
}

function findings({ calls, total, budget, month, confirmOver, ...found }: CheckedEstimate): Finding[] {
  const waits = 'what does not fit would wait as blocked';
  const all: Finding[] = [
    found.fitsBatch
      ? { tone: 'good', text: `It fits the batch's budget of ${nano(budget)}.` }
      : { tone: 'bad', text: `It is over the batch's budget of ${nano(budget)}: ${waits}.` },
  ];
  if (month && (!found.fitsMonth || month.spent + total > month.limit)) {
    const text = `${nano(month.spent)} of the account's ${nano(month.limit)} for this month is spent: ${waits}, if it is real money.`;
    all.push({ tone: 'bad', text });
  } else if (month) {
    all.push({
      tone: 'good',
      text: `It fits this month: ${nano(month.spent)} of ${nano(month.limit)} is spent.`,
    });
  }
  for (const { step, dearest } of calls.filter((row) => found.confirm.includes(row.step))) {
    const text = `${STEP_LABEL[step]}: ${nano(dearest)} is over the account's limit of ${nano(confirmOver ?? 0)} for a step; each waits for a person.`;
    all.push({ tone: 'wait', text });
  }
  for (const { step, model } of calls.filter((row) => !row.known)) {
    const text = `${STEP_LABEL[step]}: the price of ${model} is not known; the dearest that we know stands in.`;
    all.push({ tone: 'wait', text });
  }
  return all;
}

const eachWords = ({ calls, dearest, total }: PlannedCalls): string =>
  calls * dearest === total ? nano(dearest) : `up to ${nano(dearest)}`;

const nano = (amount: Nano): string => dollars(toUsd(amount));
