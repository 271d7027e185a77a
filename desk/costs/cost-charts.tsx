import type { CostRow } from '../../contract/lists.js';
import { costParts, Meter } from '../kit/figures.js';
import { dollars } from '../../contract/money/nano.js';
import { type BudgetLine, type Column, columnKey } from './day-columns.js';

const HEIGHT = 100;
/** Of the room that a column has, the part that it fills. */
const FILLED = 0.72;

/** A budget that is this many times the highest column would make all of them lines on the ground: its words alone say it. */
const HIGHEST_LINE = 3;

interface DayChartProps {
  readonly columns: readonly Column[];
  /** Null for none. */
  readonly budget: BudgetLine | null;
  /** The page of what a column sums. */
  readonly path: (key: string) => string;
}

/**
 * What was spent day by day, as columns: kept below, wasted upon it, and unknown on top. Its words stand outside the picture, so
 * that they keep their size at every width.
 */
export function DayChart({ columns, budget, path }: DayChartProps) {
  const most = Math.max(...columns.map(whole), 0);
  const line = budget !== null && budget.columnUsd <= most * HIGHEST_LINE ? budget.columnUsd : null;
  const top = roundTop(Math.max(most, line ?? 0));
  const lineY = line === null ? null : (HEIGHT - (line / top) * HEIGHT).toFixed(2);
  const first = columns[0];
  const last = columns.at(-1);
  if (!first || !last) return <></>;
  return (
    <figure class="chart">
      <div class="chart-plot">
        <div class="chart-scale" aria-hidden="true">
          <span>{dollars(top)}</span>
          <span>{dollars(top / 2)}</span>
          <span>$0</span>
        </div>
        <svg
          class="chart-columns"
          viewBox={`0 0 ${columns.length} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="group"
          aria-label={inWords(columns)}
        >
          {[0, HEIGHT / 2].map((y) => (
            <line class="chart-line" x1="0" x2={columns.length} y1={y} y2={y} />
          ))}
          {columns.map((column, index) => (
            <ColumnBars column={column} index={index} top={top} path={path} />
          ))}
          {lineY !== null && <line class="chart-budget" x1="0" x2={columns.length} y1={lineY} y2={lineY} />}
          <line class="chart-line chart-ground" x1="0" x2={columns.length} y1={HEIGHT} y2={HEIGHT} />
        </svg>
      </div>
      <p class="chart-days" aria-hidden="true">
        <span>{first.from}</span>
        <span>{last.to}</span>
      </p>
      {budget !== null && (
        <figcaption class="quiet">
          {line === null ? 'The budget is above this chart: ' : 'The dashed line is the budget: '}
          {dollars(budget.columnUsd)} a {first.from === first.to ? 'day' : 'column'}, the even share of{' '}
          {dollars(budget.monthUsd)} a month.
        </figcaption>
      )}
    </figure>
  );
}

interface ColumnBarsProps extends Pick<DayChartProps, 'path'> {
  readonly column: Column;
  readonly index: number;
  readonly top: number;
}

/** A column, and the way to what it sums; the table below has the same ways for the keyboard. */
function ColumnBars({ column, index, top, path }: ColumnBarsProps) {
  const x = (index + (1 - FILLED) / 2).toFixed(2);
  let y = HEIGHT;
  const parts = [
    ['cost-kept', column.keptUsd],
    ['cost-wasted', column.wastedUsd],
    ['cost-unknown', column.unknownUsd],
  ] as const;
  const bars = (
    <g>
      <title>{columnWords(column)}</title>
      <rect class="chart-reach" x={index} width="1" height={HEIGHT} />
      {parts.map(([name, usd]) => {
        const height = (usd / top) * HEIGHT;
        y -= height;
        return (
          height > 0 && <rect class={name} x={x} width={FILLED} y={y.toFixed(2)} height={height.toFixed(2)} />
        );
      })}
    </g>
  );
  if (whole(column) === 0) return bars;
  return (
    <a href={path(columnKey(column))} aria-label={columnWords(column)} tabindex={-1}>
      {bars}
    </a>
  );
}

const whole = ({ keptUsd, wastedUsd, unknownUsd }: Column): number => keptUsd + wastedUsd + unknownUsd;

const daysOf = ({ from, to }: Column): string => (from === to ? from : `${from} to ${to}`);

function columnWords(column: Column): string {
  const parts = [`${dollars(column.keptUsd)} kept`];
  if (column.wastedUsd > 0) parts.push(`${dollars(column.wastedUsd)} wasted`);
  if (column.unknownUsd > 0) parts.push(`${dollars(column.unknownUsd)} unknown`);
  return `${daysOf(column)}: ${parts.join(', ')}`;
}

function inWords(columns: readonly Column[]): string {
  const dearest = columns.reduce((most, column) => (whole(column) > whole(most) ? column : most));
  const period = `${columns[0]!.from} to ${columns.at(-1)!.to}`;
  return `Costs from ${period}. The most in one column is ${columnWords(dearest)}. The table below has every figure.`;
}

/** As many rows as a chart can tell apart; the table has all. */
const MOST_BARS = 12;

interface KeyChartProps {
  readonly rows: readonly CostRow[];
  readonly label: (key: string) => string;
  /** The page of what a bar sums. */
  readonly path: (key: string) => string;
}

/** What was spent by account, planner, model or step, as bars: kept, then wasted, then unknown. */
export function KeyChart({ rows, label, path }: KeyChartProps) {
  const shown = rows.slice(0, MOST_BARS);
  const most = Math.max(...shown.map((row) => row.costUsd + row.unknownUsd)) || 1;
  return (
    <figure class="chart">
      <ol class="bars">
        {shown.map((row) => (
          <li>
            <a class="bar-name" href={path(row.key)}>
              {label(row.key)}
            </a>
            <Bar row={row} most={most} />
            <span class="number">{dollars(row.costUsd)}</span>
          </li>
        ))}
      </ol>
      {rows.length > shown.length && (
        <figcaption class="quiet">The {MOST_BARS} dearest; the table below has all.</figcaption>
      )}
    </figure>
  );
}

const Bar = ({ row: { costUsd, wastedUsd, unknownUsd }, most }: { row: CostRow; most: number }) => (
  <Meter parts={costParts({ kept: costUsd - wastedUsd, wasted: wastedUsd, unknown: unknownUsd }, most)} />
);

/** The top of a chart: the least round amount that nothing is above. A round amount is 1, 2, 2.5 or 5 of a power of ten. */
export function roundTop(most: number): number {
  if (!(most > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 2, 2.5, 5, 10].map((step) => step * power);
  return steps.find((step) => step >= most) ?? 10 * power;
}
