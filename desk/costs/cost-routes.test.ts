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

it('says that nothing was paid; once there are samples, what they would have cost, as a rehearsal', async () => {
  expectShown(await page(), ['Nothing was paid yet.'], ['Rehearsal']);
  await desk.saveBatch(sampleBatch());
  await pay('SamplePost01', sampleCharge('sample', { offline: true }));
  const rehearsal = ['Rehearsal: stand-ins did this work, and nobody was paid.', '<dt>Would have cost</dt>'];
  expectShown(
    await page(),
    [...rehearsal, '<td class="number" title="$0.060000000">$0.06</td>'],
    ['<dt>Paid'],
  );
  expectShown(await page('?money=real'), ['Nothing was paid yet.'], ['Rehearsal:', '<table']);
  const row = await page('/row?key=2026-06-20');
  expectShown(row, [rehearsal[0]!, 'href="/desk/posts/SamplePost01"']);
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
    expect(shown).toContain(by === 'day' ? 'class="chart-columns"' : 'class="bars"');
  });

  it('leads from a row, and from a column, to the posts that it sums', async () => {
    const day = '/desk/costs/row?by=day&amp;key=2026-06-21';
    expect((await page()).split(`href="${day}"`)).toHaveLength(3);
    expectShown(await page('?by=model'), [
      '<a class="bar-name" href="/desk/costs/row?by=model&amp;key=gpt-6-luna">',
    ]);
    const shown = await page('/row?by=model&key=gpt-6-luna');
    expectShown(shown, ['href="/desk/posts/PaidPost0001"', '<td class="number" title="$0.004213500">']);
    expectShown(await page('/row?key=2026-06-21..2026-06-22'), [
      'title="$0.060000000"',
      'title="$0.050000000"',
    ]);
    expect(await page('/row?key=2026-06-23')).toContain('Nothing was paid here.');
    expect((await desk.getSignedIn('/desk/costs/row?key=a-day')).status).toBe(400);
  });

  it('keeps samples out, and shows the costs of one account', async () => {
    expectShown(await page(), ['What they would have cost</a>', '<dt>Paid</dt>'], ['Rehearsal:']);
    expectShown(
      await page('?money=rehearsal'),
      ['Rehearsal:', 'What was really paid</a>'],
      ['<dt>Paid</dt>'],
    );
    expectShown(await page('?account=nobody'), ['Costs of @nobody', 'Nothing was paid yet.'], ['Rehearsal:']);
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
