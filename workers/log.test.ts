import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { logLine } from './log.js';

it.each<[what: string, entry: Parameters<typeof logLine>[0], line: string]>([
  [
    'what is of use, and quotes what has spaces',
    {
      level: 'INFO',
      message: 'charge',
      meta: {
        taskQueue: 'copydesk',
        workflowId: 'post/UpkTZ26nc9Eb',
        amountNano: 60_000_000,
        requestId: null,
        note: 'two words',
      },
    },
    'info: charge workflowId=post/UpkTZ26nc9Eb amountNano=60000000 note="two words"',
  ],
  [
    'an error by its message, not by its stack',
    {
      level: 'WARN',
      message: 'Activity failed\n',
      meta: { error: new Error('refused\n    at Socket (net.js:1)') },
    },
    'warn: Activity failed error="refused at Socket (net.js:1)"',
  ],
  ['no more than there is', { level: 'ERROR', message: 'gone' }, 'error: gone'],
  [
    'no value that forges a line or steers a terminal',
    {
      level: 'INFO',
      message: 'm\r\nwarn: z\u0007',
      meta: { title: 'a\u001b[2J\nerror: \u202eforged\u009b31m', error: new Error('x\u2028info: y') },
    },
    'info: m warn: z title="a [2J error: forged 31m" error="x info: y"',
  ],
])('a log entry is one line with %s', (_what, entry, line) => expect(logLine(entry)).toBe(line));

it('a log line has a bounded length', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key${at}`, 'v'.repeat(300)]));
  const line = logLine({ level: 'INFO', message: 'charge', meta: many });
  expect([line.length, line.at(-1)]).toEqual([600, '…']);
});

it('what is said is one line that steers nothing and tells no password', async () => {
  const line = 'a\u001b[2J\nforged \u202eb http://desk:hunter2@proxy/x';
  const script = `const { say, printDocument } = await import('${new URL('./log.ts', import.meta.url).href}');
    say(${JSON.stringify(line)}); say(' in '); printDocument({ a: '\\u009b' })`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  expect(await promisify(execFile)(process.execPath, args)).toEqual({
    stdout: '{"a":"\\u009b"}\n',
    stderr: 'a [2J forged b http://[login]@proxy/x\n in \n',
  });
});
