import { expect, it } from 'vitest';
import { Outage } from './outage.js';

it('says once that something is away, and once that it is back', () => {
  const lines: string[] = [];
  let now = Date.parse('2026-11-24T10:00:00Z');
  const outage = new Outage(
    'Temporal 127.0.0.1:7233',
    (line) => lines.push(line),
    () => now,
  );
  outage.back();
  outage.away('connection refused');
  now += 301_000;
  outage.away('connection refused');
  expect(outage.isOn).toBe(true);
  outage.back();
  outage.back();
  expect(outage.isOn).toBe(false);
  outage.away('deadline exceeded');
  expect(lines).toEqual([
    'Temporal 127.0.0.1:7233 is away since 2026-11-24T10:00:00.000Z (connection refused); work continues by itself when it is back',
    'Temporal 127.0.0.1:7233 is back after 301 s',
    'Temporal 127.0.0.1:7233 is away since 2026-11-24T10:05:01.000Z (deadline exceeded); work continues by itself when it is back',
  ]);
});
