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

/** Columns under their heads, with spaces instead of lines. Numeric columns stand to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: { right?: readonly string[] } = {},
): string {
  const lines = new Table({
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colAligns: head.map((name) => (options.right?.includes(name) ? 'right' : 'left')),
  });
  lines.push([...head], ...rows.map((row) => row.map(colouredLine)));
  return lines
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
