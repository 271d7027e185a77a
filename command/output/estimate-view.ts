import { toUsd, dollars } from '../../contract/money/nano.js';
import type { BatchEstimate, PlannedBatch, PlannedCalls } from '../../contract/money/prices/estimate.js';
import { STEP_LABEL } from '../../contract/states.js';
import type { Colors } from './output.js';
import { table } from './table.js';
import { mixWords } from '../../contract/mix.js';

/** The document of `batch start --dry-run`. */
export const estimateDocument = ({ calls, total, confirm, ...fits }: BatchEstimate, budget: number) => ({
  dryRun: true,
  calls: calls.map((row) => ({
    step: row.step,
    model: row.model,
    calls: row.calls,
    estimateUsd: toUsd(row.total),
  })),
  estimateUsd: toUsd(total),
  budgetUsd: toUsd(budget),
  fits: fits.fitsBatch && fits.fitsMonth,
  confirm,
});

/** `batch start --dry-run` for a person: the calls, their sum against the budget, and what would wait. */
export function estimateView(
  order: PlannedBatch,
  estimate: BatchEstimate,
  colors: Colors,
  width = Infinity,
): string {
  const { account, planner, mix } = order;
  const rows = estimate.calls.map((row) => [
    STEP_LABEL[row.step],
    row.model,
    String(row.calls),
    eachWords(row),
    nano(row.total),
  ]);
  const calls = estimate.calls.reduce((sum, row) => sum + row.calls, 0);
  const right = ['CALLS', 'EACH', 'ESTIMATE'];
  return [
    `${colors.bold('Nothing is started.')} This batch would be ${mixWords(mix)} by ${planner} of @${account.handle}:`,
    '',
    table(['STEP', 'MODEL', ...right], [...rows, ['total', '', String(calls), '', nano(estimate.total)]], {
      right,
      width,
      cut: ['MODEL'],
    }),
    '',
    ...limitLines(order, estimate, colors),
    ...estimate.calls
      .filter((row) => estimate.confirm.includes(row.step))
      .map((row) => confirmLine(order, row, colors)),
    ...estimate.calls.filter((row) => !row.known).map((row) => unknownLine(row, colors)),
    '',
    'It is what the calls cost when each is asked once; a refused or redone one is paid again. To start the batch, leave --dry-run out.',
  ].join('\n');
}

function limitLines({ account, budget }: PlannedBatch, estimate: BatchEstimate, colors: Colors): string[] {
  const { total, fitsBatch, fitsMonth } = estimate;
  const batch = fitsBatch
    ? colors.green(`It fits the batch's budget of ${nano(budget)}.`)
    : colors.red(
        `It is over the batch's budget of ${nano(budget)}: what does not fit would wait as blocked. Give --budget ${toUsd(total)} or more, or fewer posts.`,
      );
  const month = colors.red(
    `It is over the account's budget.month of ${nano(account.budget.month ?? 0)}: what does not fit would wait as blocked, if it is real money.`,
  );
  return fitsMonth ? [batch] : [batch, month];
}

const confirmLine = ({ account }: PlannedBatch, { step, dearest }: PlannedCalls, colors: Colors): string =>
  colors.yellow(
    `${STEP_LABEL[step]}: ${nano(dearest)} is over the account's budget.confirmOver of ${nano(account.budget.confirmOver ?? 0)}; each waits for a person (copydesk ${step === 'plan' ? 'batch resume' : 'resume'}).`,
  );

const unknownLine = ({ step, model }: PlannedCalls, colors: Colors): string =>
  colors.yellow(
    `${STEP_LABEL[step]}: ${model} is not in the price table; the dearest price we know stands in (copydesk prices check).`,
  );

const eachWords = ({ calls, dearest, total }: PlannedCalls): string =>
  calls * dearest === total ? nano(dearest) : `up to ${nano(dearest)}`;

const nano = (amount: number): string => dollars(toUsd(amount));
