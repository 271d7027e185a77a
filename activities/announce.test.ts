import { expect, it } from 'vitest';
import type { Webhook, WebhookEvent } from '../contract/webhooks.js';
import { batchRecord, postRecord } from '../services/archive/sample-records.js';
import { deliveryOf, postSubject } from './announce.js';

const batch = batchRecord('Zr4hK8vYp1Nc', 'ash');
const { status } = postRecord('UpkTZ26nc9Eb', batch);
const subject = postSubject(status, 'https://desk.example');
const hook: Webhook = { url: 'https://hooks.example', secretVariable: 'DESK_SECRET', events: null };
const event: WebhookEvent = {
  type: 'post.blocked',
  key: 'after 1 decisions',
  at: '2026-11-24T10:00:00.000Z',
};

it('a delivery tells of the post, and where to review it', () => {
  const delivery = deliveryOf(subject, event, hook, 0);
  expect(delivery).toMatchObject({
    ...{ account: 'ash', postId: status.id, batchId: 'Zr4hK8vYp1Nc', type: 'post.blocked', at: event.at },
    ...{ url: hook.url, secretVariable: 'DESK_SECRET' },
    id: expect.stringMatching(/^msg_[0-9a-f]{24}$/),
  });
  expect(JSON.parse(delivery.body)).toEqual({
    type: 'post.blocked',
    timestamp: event.at,
    data: { post: status, reviewUrl: 'https://desk.example/desk/posts/UpkTZ26nc9Eb' },
  });
});

it('a delivery of a batch has the batch', () => {
  const done = { ...event, type: 'batch.done' } as const;
  const delivery = deliveryOf({ batch: batch.status }, done, hook, 0);
  expect(delivery).toMatchObject({ postId: null, batchId: 'Zr4hK8vYp1Nc' });
  expect(JSON.parse(delivery.body)).toMatchObject({ type: 'batch.done', data: { batch: batch.status } });
});

it('its id is the same whenever it is told, and another for another event, receiver or post', () => {
  const ids = [
    deliveryOf(subject, event, hook, 0),
    deliveryOf(subject, { ...event, key: 'after 2 decisions' }, hook, 0),
    deliveryOf(subject, { ...event, type: 'post.expired' }, hook, 0),
    deliveryOf(subject, event, hook, 1),
    deliveryOf({ ...subject, post: { ...status, id: 'OtherPost001' } }, event, hook, 0),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const later = deliveryOf(subject, { ...event, at: '2026-11-25T10:00:00.000Z' }, hook, 0);
  expect(later.id).toBe(ids[0]);
});
