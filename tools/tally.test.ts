import { expect, test } from 'vitest';
// @ts-expect-error plain JavaScript: it runs before the packages are installed
import { tally } from './tally.mjs';

const file = (assertions: string[], more: object = {}) => ({
  name: 'a.test.ts',
  status: assertions.includes('failed') ? 'failed' : 'passed',
  assertionResults: assertions.map((status, at) => ({ status, fullName: `test ${at}` })),
  ...more,
});
const report = (...testResults: object[]) => ({ testResults });

test('counts what passed and what failed', () => {
  expect(tally(report(file(['passed', 'failed']), file(['passed'])), { exitCode: 1 })).toEqual({
    ...{ passed: 2, failed: 1, notes: [] },
  });
});

test.each(['skipped', 'pending', 'todo', 'disabled'])('a %s test counts as failed and is named', (status) => {
  const counted = tally(report(file(['passed', status])), { exitCode: 0 });
  expect(counted).toEqual({ passed: 1, failed: 1, notes: [`not run (${status}): test 1 in a.test.ts`] });
});

test('tests that a filter by name leaves out are not counted', () => {
  const counted = tally(report(file(['passed', 'skipped'])), { exitCode: 0, filtered: true });
  expect(counted).toEqual({ passed: 1, failed: 0, notes: [] });
});

test('a file that could not be loaded, or failed in a hook, counts as failed', () => {
  const broken = file([], { name: 'b.test.ts', status: 'failed', message: 'SyntaxError' });
  const counted = tally(report(file(['passed']), broken), { exitCode: 1 });
  expect(counted).toEqual({ passed: 1, failed: 1, notes: ['failed outside its tests: b.test.ts'] });
});

test('an error outside every test fails the run', () => {
  const counted = tally(report(file(['passed'])), { exitCode: 1 });
  expect(counted).toMatchObject({
    passed: 1,
    failed: 1,
    notes: [expect.stringContaining('outside every test')],
  });
});

test('a run without a test fails, and so does one without a report', () => {
  expect(tally(report(), { exitCode: 0 })).toEqual({ passed: 0, failed: 1, notes: ['no test ran'] });
  expect(tally(report(file([])), { exitCode: 0 })).toMatchObject({ failed: 1 });
  expect(tally(null, { exitCode: 139 })).toMatchObject({ passed: 0, failed: 1 });
});
