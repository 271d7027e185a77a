import { expect, it } from 'vitest';
import type { PostStatus } from '../../contract/status.js';
import { samplePost, waitingPost } from '../testing/samples.js';
import { DecisionBar } from './decision-bar.js';
import { NOTHING_FOLLOWS, type WhatFollows } from './what-follows.js';

const page = (status: PostStatus, hasSlots: boolean, follows: Partial<WhatFollows> = {}): string =>
  String(
    DecisionBar({
      status,
      hasSlots,
      nextSlot: hasSlots ? 'Mon 09:00' : null,
      follows: { ...NOTHING_FOLLOWS, ...follows },
      search: '',
      next: null,
      timeZone: 'Europe/Warsaw',
      typed: null,
    }),
  );
const choices = (html: string): string[] =>
  [...(/name="publishAt">(.*?)<\/select>/.exec(html)?.[1] ?? '').matchAll(/value="(\w+)"/g)].map(
    ([, value]) => value!,
  );

it('an approval takes the next slot unless a person says otherwise, where there are slots', () => {
  const waiting = waitingPost('WaitingPost1');
  expect(choices(page(waiting, true))).toEqual(['next', 'now', 'at']);
  expect(page(waiting, true)).toContain('next slot: Mon 09:00');
  expect(choices(page(waiting, false))).toEqual(['now', 'at']);
  expect(choices(page({ ...waiting, gate: 'media' }, true))).toEqual([]);
});

it('a button says what it costs, and what a used-up budget is raised to', () => {
  const waiting = waitingPost('WaitingPost1', { gate: 'media' });
  expect(page(waiting, false, { mediaCost: 620_000_000 })).toContain('Approve and make it (about $0.62)');
  const blocked = waitingPost('BlockedPost1', { status: 'blocked', gate: null });
  const raise =
    '<button type="submit" name="decision" value="resume" formaction="/desk/posts/BlockedPost1/raise"';
  expect(page(blocked, false, { raiseTo: 6 })).toContain(raise);
  expect(page(blocked, false, { raiseTo: 6 })).toContain('Raise to $6.00 and resume');
  expect(page(blocked, false)).not.toContain('Raise to');
});

it('a scheduled post can be moved', () => {
  const scheduled = samplePost('Scheduled001', { status: 'scheduled', slot: '2026-07-02T07:00:00.000Z' });
  expect(page(scheduled, true)).toContain('value="reschedule"');
  expect(choices(page(scheduled, true))).toEqual(['next', 'at', 'now']);
  expect(choices(page(scheduled, false))).toEqual(['at', 'now']);
  expect(page(waitingPost('WaitingPost1'), true)).not.toContain('reschedule');
});
