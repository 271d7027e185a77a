import type { CostRow, Costs } from '../../contract/lists.js';
import { FigureHeads } from '../kit/figures.js';
import { dollars } from '../../contract/money/nano.js';
import type { CostKey } from '../../contract/money/charge.js';

/** The figures of `copydesk costs`, in its order, with their sum. */
export function CostsTable({
  costs: { rows, total },
  by,
  label,
}: {
  costs: Costs;
  by: CostKey;
  label: (key: string) => string;
}) {
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
      <caption>Every figure, as copydesk costs has it</caption>
      <FigureHeads words={[BY_WORDS[by]]} numbers={[...money.map(([head]) => head), 'Charges']} />
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
