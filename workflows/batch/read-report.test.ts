import { expect, it } from 'vitest';
import type { PostReport } from '../../contract/messages.js';
import { readReport } from './read-report.js';

const bare = {
  id: 'UpkTZ26nc9Eb',
  title: 'Mud',
  status: 'blocked',
  revision: 2,
  cost: 60_000_000,
  unknown: 3,
};
const error = { type: 'Provider.Authentication', message: 'fal: no such key', requestId: 'r-1' };
const report = { ...bare, gate: null, step: 'hero_image', error } as PostReport;
const waiting = { ...report, status: 'awaiting_approval', gate: 'publish', step: 'review', error: null };
const long = 'x'.repeat(200_000);

it.each<[what: string, raw: object, read: object]>([
  ['of a blocked post', report, report],
  ['of one that waits', waiting, waiting],
  ['of one that is at no step', { ...waiting, step: null }, { ...waiting, step: null }],
  ['that leaves out what is none', bare, { ...bare, gate: null, step: null, error: null }],
  ['without what it does not know', { ...report, error: { ...error, stack: 'at …' }, charges: [] }, report],
  [
    'cut where it is too long, since the report itself must arrive',
    { ...report, title: long, error: { ...error, message: long } },
    { ...report, title: 'x'.repeat(300), error: { ...error, message: 'x'.repeat(1_000) } },
  ],
])('reads a report %s', (_what, raw, read) => expect(readReport(raw)).toEqual(read));

it.each([
  ...[undefined, null, 'report', [], {}],
  ...[{ id: 7 }, { title: null }, { status: 'splendid' }, { status: ['blocked'] }, { gate: 'garden' }],
  ...[{ revision: 0 }, { revision: 1.5 }, { cost: '60' }, { cost: Number.NaN }, { unknown: -1 }],
  ...[{ step: 'toString' }, { step: {} }, { error: 'none' }, { error: { type: 'T' } }],
])('reads nothing from %j', (wrong) => {
  const isPart = typeof wrong === 'object' && wrong !== null && Object.keys(wrong).length > 0;
  expect(readReport(isPart ? { ...report, ...wrong } : wrong)).toBeNull();
});
