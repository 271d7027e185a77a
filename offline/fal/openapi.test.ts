import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FalClient } from '@fal-ai/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startStandIns, type StandIns } from '../stand-ins.js';
import { clientOf } from './testing/client-of.js';

const FLUX: string = 'fal-ai/flux-pro/v1.1-ultra';
const SEEDREAM = 'fal-ai/bytedance/seedream/v4/text-to-image';

let folder: string;
let standIns: StandIns;
let fal: FalClient;
let headers: Headers;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stand-ins-'));
  standIns = await startStandIns({ folder, media: 'plain' });
  standIns.control.set({ image: { latencyMs: 0 } });
  fal = clientOf(standIns.falBaseUrl, (answered) => (headers = answered));
});
afterEach(() => standIns.control.clear());
afterAll(async () => {
  await standIns.close();
  await rm(folder, { recursive: true, force: true });
});

const schemaOf = (id: string) =>
  fetch(`${standIns.falBaseUrl}/fal.ai/api/openapi/queue/openapi.json?endpoint_id=${encodeURIComponent(id)}`);
const submit = async (input: object) => (await fal.queue.submit(FLUX, { input })).request_id;

describe("an endpoint's schema", () => {
  it("is shaped as fal's, and needs no key", async () => {
    const response = await schemaOf(SEEDREAM);
    const { info, paths, components } = (await response.json()) as any;
    expect(info['x-fal-metadata'].endpointId).toBe(SEEDREAM);
    const { $ref } = paths[`/${SEEDREAM}`].post.requestBody.content['application/json'].schema;
    const input = components.schemas[$ref.split('/').at(-1)];
    expect(input).toMatchObject({
      type: 'object',
      required: ['prompt'],
      properties: { prompt: { type: 'string' } },
    });
    expect(input.properties.image_size.anyOf[0].$ref).toBe('#/components/schemas/ImageSize');
    expect(components.schemas.ImageSize.properties).toHaveProperty('width');
  });

  it('is 404 for an endpoint that is not there, and what a fault says', async () => {
    expect((await schemaOf('fal-ai/nothing')).status).toBe(404);
    expect((await schemaOf('toString')).status).toBe(404);
    standIns.control.fail({ on: 'schema', kind: 'status', status: 503, match: 'seedream' });
    expect((await schemaOf(FLUX)).status).toBe(200);
    expect((await schemaOf(SEEDREAM)).status).toBe(503);
  });

  it('is held to: a value that is not offered is refused', async () => {
    await expect(submit({ prompt: 'x', output_format: 'tiff' })).rejects.toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', 'output_format'], type: 'literal_error' }] },
    });
  });
});

describe('a job that breaks at its runner', () => {
  it.each([
    ['without units', false, null],
    ['with the units that are billed', true, '1'],
  ])('says so in its status, and answers 500 %s', async (_name, accepted, units) => {
    const requestId = await submit({ prompt: 'x' });
    standIns.control.fail({ on: 'status', kind: 'completed-error', status: 500, accepted });
    expect(await fal.queue.status(FLUX, { requestId })).toMatchObject({
      ...{ status: 'COMPLETED', error: 'Internal server error', error_type: 'runner_server_error' },
    });
    await expect(fal.queue.result(FLUX, { requestId })).rejects.toMatchObject({ status: 500 });
    expect(headers.get('x-fal-billable-units')).toBe(units);
    const own = (await standIns.ledger()).filter((entry) => entry.requestId === requestId);
    expect(own.reduce((sum, { amountNano }) => sum + amountNano, 0)).toBe(accepted ? 60_000_000 : 0);
  });

  it('is not one whose model refuses the input: its status says nothing', async () => {
    standIns.control.fail({ on: 'submit', kind: 'completed-error' });
    const requestId = await submit({ prompt: 'x' });
    expect(await fal.queue.status(FLUX, { requestId })).not.toHaveProperty('error');
    await expect(fal.queue.result(FLUX, { requestId })).rejects.toMatchObject({ status: 422 });
  });
});
