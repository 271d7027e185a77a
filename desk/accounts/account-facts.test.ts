import { expect, it } from 'vitest';
import { sampleAccount } from '../testing/samples.js';
import { budgetFacts, durationWords, reviewFacts, slotFacts, webhookFacts } from './account-facts.js';

it.each([
  [60_000, '1 minute'],
  [90 * 60_000, '90 minutes'],
  [4 * 3_600_000, '4 hours'],
  [3 * 86_400_000, '3 days'],
])('says %d ms as %s', (ms, words) => expect(durationWords(ms)).toBe(words));

it('names the host of a webhook alone, and the variable of its secret', () => {
  const url = 'https://hooks.example/services/T0/B0/XXSECRET';
  const webhooks = [{ url, secretVariable: 'DESK_SECRET', events: null }];
  const told = [['hooks.example', 'everything, signed with DESK_SECRET']];
  expect(webhookFacts(sampleAccount({ webhooks }))).toEqual(told);
  expect(webhookFacts(sampleAccount())).toEqual([]);
});

it('says where a person decides, and for how long one is waited for', () => {
  const review = { gates: ['media', 'publish'], remindAfter: 3_600_000, expireAfter: null } as const;
  expect(reviewFacts(sampleAccount({ review }))).toEqual([
    ['Gates', 'before a picture or clip is paid for, and before a post is published'],
    ['Reminder', 'after 1 hour, and again'],
    ['Expires', 'never'],
  ]);
});

it('names the slots by day, and what becomes of a post that missed its own', () => {
  const slots = { week: { mon: ['09:00', '17:30'], sun: ['12:15'] }, missed: 'next' } as const;
  expect(slotFacts(sampleAccount({ slots }))).toEqual([
    ['Mon', '09:00, 17:30'],
    ['Sun', '12:15'],
    ['Missed', 'it takes the next free slot'],
  ]);
  expect(slotFacts(sampleAccount())).toEqual([]);
});

it('says that there is no limit', () => {
  expect(budgetFacts(sampleAccount())).toEqual([
    ['Each batch', '$2.00'],
    ['Each month', 'no limit'],
    ['Asked first', 'never'],
  ]);
});
