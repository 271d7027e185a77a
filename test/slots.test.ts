import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { keepQuiet } from './quiet.js';
import { startLocalServer } from './local-server.js';
import { openSlots, type Slots } from './slots/stage.js';

const CLIPS = 200;

let temporal: TestWorkflowEnvironment;
let slots: Slots;
beforeAll(async () => {
  keepQuiet();
  temporal = await startLocalServer();
  slots = await openSlots(temporal);
}, 120_000);
afterAll(async () => {
  await slots?.close();
  await temporal?.teardown();
}, 60_000);

it('publishes while 200 clips are waited for: each is held all along', async () => {
  const film = await slots.film(CLIPS);
  await slots.publish('UpkTZ26nc9Eb');
  expect(await slots.held(film)).toBe(CLIPS);
}, 120_000);
