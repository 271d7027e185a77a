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
const outside = expect.stringContaining('outside every test') as string;

test.each<
  [what: string, files: object[] | null, exitCode: number, counts: [number, number], notes: string[]]
>([
  ['what passed and what failed', [bad, good], 1, [2, 1], []],
  ['a broken file as failed', [good, broken], 1, [1, 1], ['failed outside its tests: b.test.ts']],
  ['an error outside every test as failed', [good], 1, [1, 1], [outside]],
  ['a run without a file as failed', [], 0, [0, 1], ['no test ran']],
  ['a run without a test as failed', [file()], 0, [0, 1], ['no test ran']],
  ['a missing report as failed', null, 139, [0, 1], ['vitest ended with code 139 and wrote no report']],
])('counts %s', (_what, testResults, exitCode, [passed, failed], notes) =>
  expect(tally(testResults && { testResults }, { exitCode })).toEqual({ passed, failed, notes }),
);

test.each(['skipped', 'pending', 'todo', 'disabled'])('a %s test counts as failed and is named', (status) => {
  const notes = [`not run (${status}): test 1 in a.test.ts`];
  const counted = tally({ testResults: [file('passed', status)] }, { exitCode: 0 });
  expect(counted).toEqual({ passed: 1, failed: 1, notes });
});

test('tests that a filter by name leaves out are not counted', () => {
  const counted = tally({ testResults: [file('passed', 'skipped')] }, { exitCode: 0, filtered: true });
  expect(counted).toEqual({ passed: 1, failed: 0, notes: [] });
});
