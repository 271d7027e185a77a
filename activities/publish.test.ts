import { describe, expect, it } from 'vitest';
import { TargetFailure, type Edition, type TargetOutcome } from '../services/publishers/publisher.js';
import { paper } from '../services/publishers/testing/paper.js';
import { createPublish } from './publish.js';
import { perform } from './testing/stage.js';

const edition: Edition = {
  postId: 'UpkTZ26nc9Eb',
  account: 'harbor',
  revision: 2,
  contentFormat: 'hero_text',
  title: 'Why a harbor clock runs on two times',
  body: 'The sea keeps the other time.',
  caption: 'Two times on one clock.',
  hashtags: ['harbor'],
  altText: 'A clock',
  assets: ['UpkTZ26nc9Eb_hero.png'],
  language: 'en',
  text: 'Two times on one clock. #harbor',
  at: '2026-11-24T08:59:00.000Z',
};
const PUBLICATION = {
  target: 'evening',
  url: 'https://evening.example/UpkTZ26nc9Eb',
  at: '2026-11-24T09:00:00.000Z',
  removedAt: null,
};

describe('publish', () => {
  it('hands the edition to its target alone, as it was approved', async () => {
    const [morning, evening] = [paper('morning'), paper('evening')];
    const { publish } = createPublish({ publishers: { morning, evening } });
    expect(await perform(publish, { target: 'evening', edition })).toEqual({
      outcome: 'published',
      ...PUBLICATION,
    });
    expect(evening.printed).toEqual([edition]);
    expect(morning.printed).toEqual([]);
  });

  it('tells two of a kind apart by their names', async () => {
    const { publish } = createPublish({ publishers: { morning: paper('morning') } });
    const target = { kind: 'morning', name: 'late-edition', settings: {} };
    expect(await perform(publish, { target, edition })).toMatchObject({ target: 'late-edition' });
  });

  it.each<[TargetOutcome, object]>([
    ['later', { outcome: 'later', retryAfterSeconds: 30 }],
    ['refused', { outcome: 'refused' }],
    ['unknown', { outcome: 'unknown', retryAfterSeconds: 30, repeatable: false }],
  ])('answers a failure that is %s, and does not throw it', async (outcome, answer) => {
    const failing = () => Promise.reject(new TargetFailure(outcome, 'Target.RateLimit', 'slow down', 30));
    const { publish } = createPublish({
      publishers: { paper: paper('paper', { repeatable: false, publish: failing }) },
    });
    const error = { type: 'Target.RateLimit', message: 'slow down', requestId: null };
    expect(await perform(publish, { target: 'paper', edition })).toEqual({ ...answer, error });
  });

  it('takes everything else that is thrown for an unknown outcome', async () => {
    const failing = () => Promise.reject(new Error('socket hang up'));
    const { publish } = createPublish({ publishers: { paper: paper('paper', { publish: failing }) } });
    expect(await perform(publish, { target: 'paper', edition })).toEqual({
      ...{ outcome: 'unknown', retryAfterSeconds: null, repeatable: true },
      error: { type: 'Target.LostAnswer', message: 'socket hang up', requestId: null },
    });
  });

  it('knows no other target, which a person has to mend', async () => {
    const { publish } = createPublish({ publishers: { morning: paper('morning') } });
    expect(await perform(publish, { target: 'billboard', edition })).toMatchObject({
      outcome: 'refused',
      error: { type: 'Input.UnknownTarget', message: "target 'billboard' is not one of morning" },
    });
  });

  it('leaves an order of before to the retries of Temporal', async () => {
    const failing = () => Promise.reject(new TargetFailure('later', 'Target.Away', 'away'));
    const { publish } = createPublish({ publishers: { paper: paper('paper', { publish: failing }) } });
    const before = { ...edition, at: undefined };
    await expect(perform(publish, { target: 'paper', edition: before })).rejects.toMatchObject({
      ...{ type: 'Target.Away', nonRetryable: false },
    });
  });
});

describe('findPublication', () => {
  const search = (own: Parameters<typeof paper>[1], isLast = false) =>
    perform(createPublish({ publishers: { evening: paper('evening', own) } }).findPublication, {
      ...{ target: 'evening', edition, isLast },
    });
  const failing = (outcome: TargetOutcome) => ({
    repeatable: false,
    find: () => Promise.reject(new TargetFailure(outcome, 'Target.SignIn', 'withdrawn', 7)),
  });
  const error = { type: 'Target.SignIn', message: 'withdrawn', requestId: null };

  it('answers what is there, or that there is nothing', async () => {
    expect(await search({ repeatable: false })).toEqual({ found: 'nothing' });
    expect(await search({ repeatable: false, find: () => Promise.resolve(PUBLICATION) })).toEqual({
      found: 'publication',
      publication: PUBLICATION,
    });
  });

  it('asks nothing of a target that keeps the same edition once, but for the last time', async () => {
    expect(await search({ find: () => Promise.reject(new Error('asked')) })).toEqual({ found: 'repeatable' });
    const there = { find: () => Promise.resolve(PUBLICATION) };
    expect(await search(there, true)).toEqual({ found: 'publication', publication: PUBLICATION });
  });

  it('leaves it to Temporal to ask a target that is away for the last time', async () => {
    await expect(search(failing('later'), true)).rejects.toMatchObject({
      ...{ type: 'Target.SignIn', nonRetryable: false, nextRetryDelay: 7_000 },
    });
  });

  it('tells what can be asked later from what can not be known', async () => {
    expect(await search(failing('later'))).toEqual({ found: 'later', error, retryAfterSeconds: 7 });
    expect(await search(failing('refused'))).toEqual({ found: 'unknowable', error });
    expect(await search(failing('unknown'))).toEqual({ found: 'unknowable', error });
  });

  it('is repeated by Temporal after anything else', async () => {
    const broken = { repeatable: false, find: () => Promise.reject(new Error('socket hang up')) };
    await expect(search(broken)).rejects.toThrow('socket hang up');
  });
});
