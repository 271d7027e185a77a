import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Charge } from '../../contract/money/charge.js';
import { COST_KEYS, type Costs } from '../../contract/lists.js';
import { dollars } from '../../contract/money/nano.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from '../testing/desk-under-test.js';
import { sampleBatch, samplePost } from '../testing/samples.js';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk();
}, OPENING_MS);
afterAll(() => desk.close());

const charge = (key: string, changes: Partial<Charge> = {}): Charge => ({
  ...{
    key,
    step: 'hero_image',
    provider: 'fal',
    model: 'fal-ai/flux-pro/v1.1-ultra',
    quantity: '1',
    unitPrice: null,
  },
  ...{ amount: 60_000_000, basis: 'metered', outcome: 'kept', requestId: key, prompt: null, offline: false },
  at: '2026-06-20T10:00:00.000Z',
  ...changes,
});
const pay = async (postId: string, ...charges: Charge[]) => {
  await desk.archive.records.savePost({ sequence: 1, status: samplePost(postId), charges });
};
const page = async (search = ''): Promise<string> => (await desk.getSignedIn(`/desk/costs${search}`)).text();

describe('before anything was paid', () => {
  it('says so, and that only samples were made once there are some', async () => {
    expect(await page()).toContain('Nothing was paid yet.');
    await desk.saveBatch(sampleBatch());
    await pay('SamplePost01', charge('sample', { offline: true }));
    const shown = await page();
    expect(shown).toContain('Only samples were made so far: 1 charge of stand-ins left out');
    expect(shown).not.toContain('<table');
  });
});

describe('once something was', () => {
  beforeAll(async () => {
    await pay(
      'PaidPost0001',
      charge('draft', { step: 'draft', model: 'gpt-6-luna', provider: 'openai', amount: 4_213_500 }),
      charge('first'),
      charge('refused', { outcome: 'refused', at: '2026-06-21T10:00:00.000Z' }),
      charge('lost', {
        basis: 'unknown',
        outcome: 'lost',
        amount: 50_000_000,
        at: '2026-06-22T10:00:00.000Z',
      }),
    );
  });

  it.each(COST_KEYS)('has the figures of the command by %s, and their sum', async (by) => {
    const { rows, total } = (await (await desk.getSignedIn(`/api/costs?by=${by}`)).json()) as Costs;
    const shown = await page(`?by=${by}`);
    const table = shown.slice(shown.indexOf('<table'), shown.indexOf('</table>'));
    const cells = [...table.matchAll(/<td class="number"(?: title="[^"]*")?>([^<]*)<\/td>/g)].map(
      ([, text]) => text,
    );
    const figures = [...rows, total].flatMap((row) => [
      ...[row.costUsd, row.wastedUsd, row.unknownUsd].map(dollars),
      String(row.charges),
    ]);
    expect(cells).toEqual(figures);
    expect(total.costUsd).toBe(0.1242135);
    expect(shown).toContain(by === 'day' ? 'role="img"' : 'class="bars"');
  });

  it('shows wasted and unknown apart, and tells a chart in words', async () => {
    const shown = await page();
    expect(shown).toMatch(/<dt>Wasted<\/dt><dd><span class="sum">\$0\.06/);
    expect(shown).toMatch(/<dt>Unknown<\/dt><dd><span class="sum">\$0\.05/);
    expect(shown).toContain('<title>2026-06-21: $0.00 kept, $0.06 wasted</title>');
    expect(shown).toContain('aria-label="Costs from 2026-06-20 to 2026-06-28.');
    expect(shown).not.toContain('style=');
  });

  it('begins where it is asked to', async () => {
    const shown = await page('?since=2026-06-21');
    expect(shown).not.toContain('2026-06-20');
    expect(shown).toContain('value="2026-06-21"');
    expect(await page('?since=2026-06-25')).toContain('Nothing was paid since 2026-06-25.');
    expect((await desk.getSignedIn('/desk/costs?since=yesterday')).status).toBe(400);
  });

  it('is for the signed-in', async () => {
    expect((await desk.get('/desk/costs')).status).toBe(401);
  });
});
