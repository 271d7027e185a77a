import { beforeEach, expect, it } from 'vitest';
import { createSettleLost } from './settle-lost.js';
import { askOnce } from './paid-text.js';
import { spend } from './testing/samples.js';
import { perform, surroundings, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';
import { z } from 'zod';

let stage: Stage;
let calls = 0;
let key: string;
useStage((opened) => (stage = opened));
beforeEach(() => {
  key = `post/UpkTZ26nc9Eb/draft/r9/${(calls += 1)}`;
});

const settle = () =>
  perform(createSettleLost(stage.services()).settleLost, {
    ...({ key, step: 'draft', model: 'gpt-6-luna', payer: spend.payer } as const),
  });

it('a call that had held nothing was not sent, and costs nothing', async () => {
  expect(await settle()).toEqual([]);
});

it('a call that had money held is an unknown charge of that much, and holds nothing any more', async () => {
  const { payer, limits } = spend;
  await stage.archive.ledger.reserve({ key, payer, limits, amount: 501_000, offline: true, leaseMs: 60_000 });
  const charge = { key, step: 'draft', amount: 501_000, basis: 'unknown', outcome: 'lost', offline: true };
  expect(await settle()).toMatchObject([charge]);
  expect(await stage.archive.ledger.listHolds({ postId: 'UpkTZ26nc9Eb' })).toEqual([]);
  // Once, however often it is asked.
  expect(await settle()).toMatchObject([charge]);
});

it('a call that was answered before its worker died costs what that cost', async () => {
  await surroundings().run(() =>
    askOnce(stage.services(), {
      ...{ step: 'draft', spend, key, model: 'gpt-6-luna', name: 'headline', prompt: 'headline@1' },
      schema: z.object({ title: z.string() }),
      ...{ instructions: 'You write headlines.', input: 'Topic: clocks', maxOutputTokens: 500 },
      ...{ usualOutput: 1_000, problem: () => null },
    }),
  );
  const [bill] = await stage.bill();
  expect(await settle()).toMatchObject([{ key, basis: 'priced', amount: bill?.amountNano }]);
});
