import Table from 'cli-table3';
import { colouredLine } from './printable.js';

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};
const STYLE = { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true };
const GAP = NO_LINES.middle.length;

interface TableOptions {
  /** Columns that stand to the right: numbers. */
  readonly right?: readonly string[];
  /** Columns of the terminal, which no line is wider than; without end when left out. */
  readonly width?: number;
  /** The columns whose texts may be cut, with `…`; ids and sums never are. */
  readonly cut?: readonly string[];
  /** The columns that can be left out, the first one first, where too little of the cut ones would be left. */
  readonly spare?: readonly string[];
}

/** Columns under their heads, with spaces instead of lines. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { right = [], width = Infinity, cut = [], spare = [] }: TableOptions = {},
): string {
  const columns = head.map((name, at) => {
    const cells = [name, ...rows.map((row) => colouredLine(row[at] ?? ''))];
    return { name, cells, width: widthOf(cells), isCut: cut.includes(name), isRight: right.includes(name) };
  });
  const fitted = fitColumns(columns, width, spare);
  const lines = new Table({
    chars: NO_LINES,
    style: STYLE,
    colAligns: fitted.map(({ isRight }) => (isRight ? 'right' : 'left')),
    colWidths: fitted.map((column) => column.width),
  });
  for (const at of [head, ...rows].keys()) lines.push(fitted.map(({ cells }) => cells[at] ?? ''));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** As the table counts it, which knows colours and wide letters: an empty cell is filled up to the width of its column. */
function widthOf(cells: readonly string[]): number {
  const column = new Table({ chars: NO_LINES, style: STYLE });
  column.push(...cells.map((cell) => [cell]), ['']);
  return column.toString().split('\n').at(-1)?.length ?? 0;
}

interface Column {
  readonly name: string;
  readonly width: number;
  readonly isCut: boolean;
}

/** A cut column of less says nothing, while another could be spared. */
const TELLING = 16;
/** Narrower than this, it is the terminal that breaks the lines. */
const LEAST = 4;

/** The columns that are shown, none wider than it may be. */
export function fitColumns<T extends Column>(
  all: readonly T[],
  width: number,
  spare: readonly string[],
): T[] {
  const sum = (columns: readonly Column[]): number =>
    columns.reduce((total, column) => total + column.width, GAP * (columns.length - 1));
  const telling = (column: T): T =>
    column.isCut ? { ...column, width: Math.min(column.width, TELLING) } : column;
  let columns = [...all];
  for (const name of spare)
    if (sum(columns.map(telling)) > width) columns = columns.filter((column) => column.name !== name);
  for (let over = sum(columns) - width; over > 0; over -= 1) {
    const widest = columns
      .filter((column) => column.isCut && column.width > LEAST)
      .reduce<T | null>((most, column) => (most && most.width >= column.width ? most : column), null);
    if (widest === null) break;
    columns = columns.map((column) => (column === widest ? { ...column, width: column.width - 1 } : column));
  }
  return columns;
}
