import { expect, it } from 'vitest';
import type { PostStatus } from '../../contract/status.js';
import { samplePost, waitingPost } from '../testing/samples.js';
import { DecisionBar } from './decision-bar.js';

const page = (status: PostStatus, hasSlots: boolean): string =>
  String(
    DecisionBar({
      status,
      hasSlots,
      nextSlot: hasSlots ? 'Mon 09:00' : null,
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

it('a scheduled post can be moved', () => {
  const scheduled = samplePost('Scheduled001', { status: 'scheduled', slot: '2026-07-02T07:00:00.000Z' });
  expect(page(scheduled, true)).toContain('value="reschedule"');
  expect(choices(page(scheduled, true))).toEqual(['next', 'at', 'now']);
  expect(choices(page(scheduled, false))).toEqual(['at', 'now']);
  expect(page(waitingPost('WaitingPost1'), true)).not.toContain('reschedule');
});
