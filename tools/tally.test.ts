import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before the packages are installed
import { tally } from './tally.mjs';

const file = (...statuses: string[]) => ({
  name: 'a.test.ts',
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status, at) => ({ status, fullName: `test ${at}` })),
});
const broken = { ...file(), name: 'b.test.ts', status: 'failed', message: 'SyntaxError' };
const [good, bad] = [file('passed'), file('passed', 'failed')];
const skipped = (status: string) => [`not run (${status}): test 1 in a.test.ts`];
const outside = expect.stringContaining('outside every test') as string;
const noReport = 'vitest ended with code 139 and wrote no report';
const filtered = { exitCode: 0, filtered: true };

test.each<[what: string, files: object[] | null, run: object, counts: [number, number], notes: string[]]>([
  ['what passed and what failed', [bad, good], { exitCode: 1 }, [2, 1], []],
  ['a test that a filter by name leaves out not', [file('passed', 'skipped')], filtered, [1, 0], []],
  [
    'a broken file as failed',
    [good, broken],
    { exitCode: 1 },
    [1, 1],
    ['failed outside its tests: b.test.ts'],
  ],
  ['an error outside every test as failed', [good], { exitCode: 1 }, [1, 1], [outside]],
  ['a run without a file as failed', [], { exitCode: 0 }, [0, 1], ['no test ran']],
  ['a run without a test as failed', [file()], { exitCode: 0 }, [0, 1], ['no test ran']],
  ['a run without a report as failed', null, { exitCode: 139 }, [0, 1], [noReport]],
  ...['skipped', 'pending', 'todo', 'disabled'].map(
    (status): [string, object[], object, [number, number], string[]] => [
      `a ${status} test as failed, and names it`,
      [file('passed', status)],
      { exitCode: 0 },
      [1, 1],
      skipped(status),
    ],
  ),
])('counts %s', (_what, testResults, run, [passed, failed], notes) =>
  expect(tally(testResults && { testResults }, run)).toEqual({ passed, failed, notes }),
);
