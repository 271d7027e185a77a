import { describe, expect, it } from 'vitest';
import { expectedCost } from './media-charge.js';
import { json } from './testing/recorder.js';
import { clipTask, pictureTask } from './testing/samples.js';
import type { Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

let stage: Stage;
useStage((opened) => (stage = opened));

const FIRST_FRAME = 'example/first-frame';
const priced = (endpoint: string, usd: number, unit: string): void =>
  stage.recorder.play('/pricing', () =>
    json({ prices: [{ endpoint_id: endpoint, unit_price: usd, unit, currency: 'USD' }] }),
  );
const cost = (endpoint: string, step: 'hero_image' | 'video' = 'video') =>
  expectedCost(stage.services(), step === 'video' ? clipTask({ endpoint }) : pictureTask({ endpoint }));

describe('the expected cost', () => {
  it("is of the seconds that the model's own schema makes us order", async () => {
    // Six seconds, which are the nearest to five that it offers, at 0.05 USD.
    expect(await cost(FIRST_FRAME)).toBe(300_000_000);
    expect(await cost('fal-ai/veo3.1/image-to-video')).toBe(800_000_000);
  });

  it('of a model that bills by the clip is of one, not of each second', async () => {
    priced(FIRST_FRAME, 0.49, 'video');
    expect(await cost(FIRST_FRAME)).toBe(490_000_000);
  });

  it('is by the dearest that we know where nobody can tell how much is billed', async () => {
    priced(FIRST_FRAME, 0.0001, 'compute second');
    expect(await cost(FIRST_FRAME)).toBe(6 * 682_000_000);
    priced('example/seedless', 0.0001, 'unit');
    expect(await cost('example/seedless', 'hero_image')).toBe(300_000_000);
  });
});
