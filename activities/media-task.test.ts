import { describe, expect, it } from 'vitest';
import { chargeForJob, expectedCost } from './media-task.js';
import { json } from './testing/recorder.js';
import { clipTask, FLUX, KLING, pictureTask } from './testing/samples.js';
import { useStage } from './testing/use-stage.js';

const stage = useStage();

const taskOf = (step: string, endpoint: string) => (step === 'video' ? clipTask : pictureTask)({ endpoint });

describe('the charge of a job', () => {
  it.each([
    ['hero_image', FLUX, '3.008', 180_480_000, 'metered', '3.008 image'],
    ['video', KLING, '5', 560_000_000, 'metered', '5 second'],
    // Nobody tells what it cost: an estimate, and the units are kept.
    ['hero_image', FLUX, null, 60_000_000, 'unknown', null],
    ['video', KLING, null, 560_000_000, 'unknown', null],
    ['hero_image', 'fal-ai/flux-pro/new', '1', 300_000_000, 'unknown', '1'],
  ])('of a %s by %s that metered %j is %d, %s', async (step, endpoint, units, amount, basis, quantity) => {
    const job = { task: taskOf(step, endpoint), requestId: 'req_1' };
    const charge = await chargeForJob(stage.services(), job, { units, outcome: 'kept' });
    expect(charge).toMatchObject({ amount, basis, quantity, outcome: 'kept', requestId: 'req_1' });
  });

  it("has the table's price while fal's pricing is down, which is no less right", async () => {
    stage.control.fail({ on: 'pricing', kind: 'status', status: 500, times: 5 });
    const job = { task: pictureTask(), requestId: 'req_1' };
    expect(await chargeForJob(stage.services(), job, { units: '1', outcome: 'kept' })).toMatchObject({
      ...{ amount: 60_000_000, basis: 'metered', unitPrice: '0.06 USD per image', quantity: '1 image' },
    });
  });
});

describe('the expected cost', () => {
  const FIRST_FRAME = 'example/first-frame';
  const cost = (endpoint: string, step = 'video') => expectedCost(stage.services(), taskOf(step, endpoint));

  it("is of the seconds that the model's own schema makes us order", async () => {
    // Six seconds, which are the nearest to five that it offers, at 0.05 USD.
    expect(await cost(FIRST_FRAME)).toBe(300_000_000);
    expect(await cost('fal-ai/veo3.1/image-to-video')).toBe(800_000_000);
  });

  it.each([
    ['a model that bills by the clip, of which it is one', FIRST_FRAME, 'video', 0.49, 'video', 490_000_000],
    // Nobody can tell how much is billed: the dearest that we know.
    ['a clip by an odd unit', FIRST_FRAME, 'compute second', 0.0001, 'video', 6 * 682_000_000],
    ['a picture by an odd unit', 'example/seedless', 'unit', 0.0001, 'hero_image', 300_000_000],
  ])('of %s', async (_what, endpoint, unit, usd, step, nano) => {
    const price = { endpoint_id: endpoint, unit_price: usd, unit, currency: 'USD' };
    stage.recorder.play('/pricing', () => json({ prices: [price] }));
    expect(await cost(endpoint, step)).toBe(nano);
  });
});
