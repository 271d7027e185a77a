import { expect, it } from 'vitest';
import { createActivities } from '../activities/index.js';
import type { Services } from '../services/services.js';
import { ACTIVITY_QUEUE, parseQueues, QUEUE_NAMES, QUEUES } from './task-queues.js';

it('gives every activity a queue, and names no activity that does not exist', () => {
  const activities = Object.keys(createActivities({} as Services));
  expect(Object.keys(ACTIVITY_QUEUE).toSorted()).toEqual(activities.toSorted());
});

it('has the queues of the design', () => {
  const names = ['text', 'media', 'answer', 'publish', 'deliver', 'record'];
  expect(Object.values(QUEUES)).toEqual(['copydesk', ...names.map((name) => `copydesk-${name}`)]);
});

it.each([
  ['text,media', { queues: ['text', 'media'] }],
  [' media , text,media', { queues: ['text', 'media'] }],
  [QUEUE_NAMES.join(','), { queues: [...QUEUE_NAMES] }],
  ['text,pictures', { unknown: 'pictures' }],
  ['', { unknown: '' }],
  ['text,', { unknown: '' }],
  ['copydesk-text', { unknown: 'copydesk-text' }],
  ['toString', { unknown: 'toString' }],
])('reads %j', (list, parsed) => {
  expect(parseQueues(list)).toEqual(parsed);
});
