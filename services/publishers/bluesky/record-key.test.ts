import { expect, it } from 'vitest';
import { recordedEdition, postRecord, batchRecord } from '../../archive/sample-records.js';
import { recordKey } from './record-key.js';

const sample = recordedEdition(postRecord('UpkTZ26nc9Eb', batchRecord('Batch0000001', 'ashtalksai')));
const target = { kind: 'bluesky', name: 'bluesky', settings: {} };

/** A TID as its specification has it. @returns its time */
function timeOf(tid: string): Date {
  expect(tid).toMatch(/^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/);
  let value = 0n;
  for (const digit of tid) value = (value << 5n) | BigInt('234567abcdefghijklmnopqrstuvwxyz'.indexOf(digit));
  return new Date(Number((value >> 10n) / 1_000n));
}

it('is the same for the same post, target and revision, whatever else is said', () => {
  const others = { ...sample, text: 'Others', at: new Date().toISOString(), assets: [] };
  expect(recordKey(sample, target)).toBe(recordKey(others, { ...target, settings: { a: 'b' } }));
  // Kept, so that a new version finds what one of before has published.
  expect(recordKey({ ...sample, revision: 1 }, target)).toBe('3l56ikmsnp4hq');
});

it('is another for another post, target or revision, and a time that is over', () => {
  const facts = Array.from({ length: 2_000 }, (_, at) => [at % 500, (at % 2) + 1, at % 4] as const);
  const keys = facts.map(([post, revision, to]) =>
    recordKey({ ...sample, postId: `Post${post}`, revision }, { ...target, name: `to${to}` }),
  );
  expect(new Set(keys).size).toBe(new Set(facts.map(String)).size);
  for (const time of keys.map(timeOf)) {
    expect(time.getTime()).toBeGreaterThanOrEqual(Date.UTC(2023, 0, 1));
    expect(time.getTime()).toBeLessThan(Date.UTC(2026, 0, 1));
  }
});
