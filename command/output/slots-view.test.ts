import { expect, it } from 'vitest';
import { slotsView } from './slots-view.js';

const slots = [
  { at: '2027-03-28T08:00:00.000Z', postId: 'UpkTZ26nc9Eb', title: 'The slow\u001b[31m boat' },
  { at: '2027-03-29T16:30:00.000Z', postId: null, title: null },
];

it("shows the slots in the account's zone, and which are free", () => {
  expect(slotsView({ slots, timeZone: 'Europe/Lisbon' }, 'harbor').split('\n')).toEqual([
    'SLOT (Europe/Lisbon)   POST          TITLE',
    'Sun 28 Mar 2027 09:00  UpkTZ26nc9Eb  The slow [31m boat',
    'Mon 29 Mar 2027 17:30  free',
  ]);
});

it('falls back to UTC for a zone that this machine does not know, and says so where there is none', () => {
  expect(slotsView({ slots, timeZone: 'Mars/Olympus' }, 'harbor')).toContain('SLOT (UTC)');
  expect(slotsView({ slots: [], timeZone: 'UTC' }, 'harbor')).toMatch(/^@harbor has no slots in that time/);
});
