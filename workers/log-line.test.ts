import { expect, it } from 'vitest';
import { logLine } from './log-line.js';

it('is one line of the level, the message and what is of use', () => {
  const meta = {
    sdkComponent: 'worker',
    taskToken: 'abc',
    taskQueue: 'copydesk',
    workflowId: 'post/UpkTZ26nc9Eb',
    step: 'hero_image',
    amountNano: 60_000_000,
    requestId: null,
    note: 'two words',
  };
  expect(logLine({ level: 'INFO', message: 'charge', meta })).toBe(
    'info: charge workflowId=post/UpkTZ26nc9Eb step=hero_image amountNano=60000000 note="two words"',
  );
});

it('tells an error by its message, never by its stack', () => {
  const error = new Error('connection refused\n    at Socket (net.js:1)');
  expect(logLine({ level: 'WARN', message: 'Activity failed\n', meta: { error } })).toBe(
    'warn: Activity failed error="connection refused at Socket (net.js:1)"',
  );
  expect(logLine({ level: 'ERROR', message: 'gone' })).toBe('error: gone');
});

it('has a bounded length', () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key${at}`, 'v'.repeat(300)]));
  const line = logLine({ level: 'INFO', message: 'charge', meta: many });
  expect(line).toHaveLength(600);
  expect(line.endsWith('…')).toBe(true);
});

it('lets no value forge a line or steer a terminal', () => {
  const meta = { title: 'a\u001b[2J\nerror: \u202eforged\u009b31m', error: new Error('x\u2028info: y') };
  expect(logLine({ level: 'INFO', message: 'm\r\nwarn: z\u0007', meta })).toBe(
    'info: m warn: z title="a [2J error: forged 31m" error="x info: y"',
  );
});
