import { endLine } from '../../contract/archive-export.js';
import { DUMP_HEADER } from '../../services/archive/transfer/lines.js';
import type { Corpus } from './corpus.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const HEADER = JSON.stringify(DUMP_HEADER);
const whole = (...lines: readonly string[]): string =>
  [HEADER, ...lines, endLine(lines.length + 1)].join('\n');
const bill = (change: object): string => {
  const at = '2026-11-24T10:00:00Z';
  const row = { key: 'k', request_id: 'r', amount: 1, units: null, at, seen_at: at, ...change };
  return JSON.stringify({ table: 'bills', row });
};

/** Exports that are refused, each with its line: nothing of one is taken in. */
export const EXPORTS: Corpus<string> = {
  'an export nested 20,000 deep': whole(`{"table":"posts","row":{"doc":${nested(20_000)}}}`),
  'an export of nothing but depth': nested(3_000_000),
  'an export whose header is deep': `{"table":"copydesk","row":{"version":1,"migration":"001","x":${nested(20_000)}}}\n${endLine(1)}`,
  'an export of many values': whole(`{"table":"posts","row":{"doc":[${'1,'.repeat(1_000_000)}1]}}`),
  'an export in one endless line': 'x'.repeat(20_000_000),
  'an export of the year 0': whole(bill({ at: '0000-01-01T00:00:00Z' })),
  'an export of 31 February': whole(bill({ at: '2026-02-31T00:00:00Z' })),
  'an export of a far offset': whole(bill({ at: '2026-01-01T00:00:00+23:59' })),
  'an export with a key of 10,000 characters': whole(bill({ key: 'k'.repeat(10_000) })),
  'an export of more money than there is': whole(bill({ amount: 9e15 })),
  'an export of an odd field of a megabyte': whole(bill({ ['k'.repeat(1_000_000)]: 1 })),
  'an export of prototypes': whole('{"table":"__proto__","row":{"__proto__":1}}'),
  'an export that breaks off': HEADER,
  'an export that is none': '\u0000\u001b[2J',
};
