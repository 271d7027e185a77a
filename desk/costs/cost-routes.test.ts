import { beforeAll, describe, expect, it } from 'vitest';
import { expectShown, useDesk } from '../testing/use-desk.js';
import { type Charge, COST_KEYS } from '../../contract/money/charge.js';
import { sampleBatch, sampleCharge, samplePost } from '../testing/samples.js';
import type { Costs } from '../../contract/lists.js';
import { dollars } from '../../contract/money/nano.js';

const desk = useDesk();

const pay = (postId: string, ...charges: Charge[]): Promise<unknown> =>
  desk.archive.records.savePost({ sequence: 1, status: samplePost(postId), charges });
const page = (search = ''): Promise<string> => desk.textSignedIn(`/desk/costs${search}`);

it('says that nothing was paid, and that only samples were made once there are some', async () => {
  expect(await page()).toContain('Nothing was paid yet.');
  await desk.saveBatch(sampleBatch());
  await pay('SamplePost01', sampleCharge('sample', { offline: true }));
  const samples = 'Only samples were made so far: 1 charge of stand-ins left out';
  expectShown(await page(), [samples], ['<table']);
});

describe('once something was', () => {
  beforeAll(async () => {
    const lost = { basis: 'unknown', outcome: 'lost', amount: 50_000_000 } as const;
    await pay(
      'PaidPost0001',
      sampleCharge('draft', { step: 'draft', model: 'gpt-6-luna', provider: 'openai', amount: 4_213_500 }),
      sampleCharge('first'),
      sampleCharge('refused', { outcome: 'refused', at: '2026-06-21T10:00:00.000Z' }),
      sampleCharge('lost', { ...lost, at: '2026-06-22T10:00:00.000Z' }),
    );
  });

  it.each(COST_KEYS)('has the figures of the command by %s, and their sum', async (by) => {
    const { rows, total } = (await (await desk.getSignedIn(`/api/costs?by=${by}`)).json()) as Costs;
    const shown = await page(`?by=${by}`);
    const table = shown.slice(shown.indexOf('<table'), shown.indexOf('</table>'));
    const cells = table.matchAll(/<td class="number"(?: title="[^"]*")?>([^<]*)<\/td>/g);
    const figures = [...rows, total].flatMap(({ costUsd, wastedUsd, unknownUsd, charges }) => [
      ...[costUsd, wastedUsd, unknownUsd].map(dollars),
      String(charges),
    ]);
    expect([...cells].map(([, text]) => text)).toEqual(figures);
    expect(total.costUsd).toBe(0.1242135);
    expect(shown).toContain(by === 'day' ? 'role="img"' : 'class="bars"');
  });

  it('shows wasted and unknown apart, and tells a chart in words', async () => {
    const shown = await page();
    expectShown(shown, ['<dt>Wasted</dt><dd><span class="sum">$0.06'], ['style=']);
    expectShown(shown, ['<dt>Unknown</dt><dd><span class="sum">$0.05']);
    expectShown(shown, ['<title>2026-06-21: $0.00 kept, $0.06 wasted</title>']);
    expectShown(shown, ['aria-label="Costs from 2026-06-20 to 2026-06-28.']);
  });

  it('begins where it is asked to', async () => {
    expectShown(await page('?since=2026-06-21'), ['value="2026-06-21"'], ['2026-06-20']);
    expect(await page('?since=2026-06-25')).toContain('Nothing was paid since 2026-06-25.');
    expect((await desk.getSignedIn('/desk/costs?since=yesterday')).status).toBe(400);
  });
});
