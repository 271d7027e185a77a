import { describe, expect, it } from 'vitest';
import type { PostReport } from '../../contract/messages.js';
import { readReport } from './read-report.js';

const report: PostReport = {
  id: 'UpkTZ26nc9Eb',
  title: 'Mud is a schedule',
  status: 'blocked',
  gate: null,
  revision: 2,
  cost: 60_000_000,
  unknown: 3,
  step: 'hero_image',
  error: { type: 'Provider.Authentication', message: 'fal: no such key', requestId: 'r-1' },
};

describe('readReport', () => {
  it('reads what a post says of itself', () => {
    expect(readReport(report)).toEqual(report);
    const waiting = { ...report, status: 'awaiting_approval', gate: 'publish', step: 'review', error: null };
    expect(readReport(waiting)).toEqual(waiting);
    expect(readReport({ ...waiting, step: null })).toMatchObject({ step: null });
  });

  it('takes what is left out for none', () => {
    const { id, title, status, revision, cost, unknown } = report;
    const rest = { id, title, status, revision, cost, unknown };
    expect(readReport(rest)).toEqual({ ...rest, gate: null, step: null, error: null });
  });

  it('keeps nothing that it does not know', () => {
    const error = { ...report.error, stack: 'at …' };
    expect(readReport({ ...report, error, charges: [] })).toEqual(report);
  });

  it('cuts text that is too long, since the report itself must arrive', () => {
    const long = 'x'.repeat(200_000);
    const read = readReport({ ...report, title: long, error: { ...report.error, message: long } });
    expect(read?.title).toHaveLength(300);
    expect(read?.error?.message).toHaveLength(1_000);
  });

  it.each([
    undefined,
    null,
    'report',
    [],
    {},
    { ...report, id: 7 },
    { ...report, title: null },
    { ...report, status: 'splendid' },
    { ...report, status: ['blocked'] },
    { ...report, gate: 'garden' },
    { ...report, revision: 0 },
    { ...report, revision: 1.5 },
    { ...report, cost: '60' },
    { ...report, cost: Number.NaN },
    { ...report, unknown: -1 },
    { ...report, step: 'toString' },
    { ...report, step: {} },
    { ...report, error: 'none' },
    { ...report, error: { type: 'T' } },
  ])('is null for %j', (raw) => {
    expect(readReport(raw)).toBeNull();
  });
});
