import type { CostRow, Costs } from '../../contract/lists.js';
import { FigureHeads } from '../kit/figures.js';
import { dollars } from '../../contract/money/nano.js';
import type { CostKey } from '../../contract/money/charge.js';
import type { Child } from 'hono/jsx';

interface CostsTableProps {
  readonly costs: Costs;
  readonly caption: string;
  /** What a row is. */
  readonly head: string;
  readonly label: (key: string) => Child;
}

/** Figures in the order of `copydesk costs`, with their sum. */
export function CostsTable({ costs: { rows, total }, caption, head, label }: CostsTableProps) {
  const money: [head: string, amount: (row: CostRow) => number][] = [
    ['Cost', (row) => row.costUsd],
    ['Wasted', (row) => row.wastedUsd],
    ['Unknown', (row) => row.unknownUsd],
  ];
  const line = (row: CostRow) =>
    money.map(([, amount]) => (
      <td class="number" title={`$${amount(row).toFixed(9)}`}>
        {dollars(amount(row))}
      </td>
    ));
  return (
    <table class="figures">
      <caption>{caption}</caption>
      <FigureHeads words={[head]} numbers={[...money.map(([head]) => head), 'Charges']} />
      <tbody>
        {rows.map((row) => (
          <tr>
            <th scope="row">{label(row.key)}</th>
            {line(row)}
            <td class="number">{row.charges}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          {line(total)}
          <td class="number">{total.charges}</td>
        </tr>
      </tfoot>
    </table>
  );
}

export const BY_WORDS: Readonly<Record<CostKey, string>> = {
  day: 'Day',
  account: 'Account',
  planner: 'Planner',
  model: 'Model',
  step: 'Step',
};
