import { expect, it } from 'vitest';
import { checkCron } from './cron.js';

it.each([
  ...['0 6 * * 1', '30 7 1,15 * *', '*/15 9-17 * * MON-FRI', '5/10 * * JAN,jul sun', '0 0 29 2 *'],
  ...['0 12 31 2,3 *', '0 6 * * 1-7/2', '59 23 31 12 7'],
])('%s is taken', (text) => expect(checkCron(text)).toEqual({ cron: text }));

it('fields that stand apart are taken', () => {
  expect(checkCron('  0   6 *\t* 1 ')).toEqual({ cron: '0 6 * * 1' });
});

it.each<[string, RegExp]>([
  ['', /needs five fields/],
  ['0 6 * *', /needs five fields/],
  ['0 0 6 * * 1', /needs five fields/],
  ['@daily', /needs five fields/],
  ['@every 5s', /needs five fields/],
  ['TZ=Asia/Tokyo 0 6 * * 1', /needs five fields/],
  ['0 6 * * 1 # Mondays', /needs five fields/],
  ['60 6 * * 1', /^'60' for the minute is not 0 to 59, a list \(1,3\)/],
  ['0 24 * * 1', /^'24' for the hour is not 0 to 23/],
  ['0 6 0 * 1', /^'0' for the day of the month is not 1 to 31/],
  ['0 6 * 13 1', /^'13' for the month is not 1 to 12, or a name such as FEB/],
  ['0 6 * * 8', /^'8' for the day of the week is not 0 to 7, or a name such as MON/],
  ['0 6 * * mo', /^'mo' for the day of the week/],
  ['0 6 * * Lundi', /^'Lundi'/],
  ['1,,2 6 * * 1', /^'' for the minute/],
  ['5-1 6 * * 1', /^'5-1' for the minute/],
  ['1-2-3 6 * * 1', /^'1-2-3'/],
  ['*/0 6 * * 1', /^'\*\/0'/],
  ['*/x 6 * * 1', /^'\*\/x'/],
  ['1/2/3 6 * * 1', /^'1\/2\/3'/],
  ['-1 6 * * 1', /^'-1'/],
  ['1.5 6 * * 1', /^'1\.5'/],
  ['? 6 * * 1', /^'\?'/],
  ['0 6 L * *', /^'L'/],
  ['0 6 30 2 *', /names a day that no month of it has/],
  ['0 6 31 4,6,9 *', /names a day that no month of it has/],
  [`${'9'.repeat(10_000)} 6 * * 1`, /^'9{40}' for the minute/],
])('%j is refused', (text, problem) => {
  expect(checkCron(text)).toEqual({ problem: expect.stringMatching(problem) as string });
});
