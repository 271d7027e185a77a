import { expect } from 'vitest';
import { knownNano, unknownNano, type Charge } from '../../contract/money/charge.js';
import { toUsd } from '../../contract/money/nano.js';
import type { LedgerEntry } from '../../offline/stand-ins.js';
import type { Harness } from '../harness.js';
import { until } from '../until.js';
import type { Standing } from './scenario.js';
import type { Walk } from './walk.js';

const sum = (entries: readonly LedgerEntry[]): number =>
  entries.reduce((total, { amountNano }) => total + amountNano, 0);

/** The record, the archive and the stand-in's own ledger say the same of what was paid. */
export async function checkBill(walk: Walk, standing: Standing): Promise<void> {
  const { desk, scenario, batchId } = walk;
  const { step, unpriced = false } = scenario;
  const ofStep = (charges: readonly Charge[]) => charges.filter((charge) => charge.step === step);
  const outcomes = (charges: readonly Charge[]) => ofStep(charges).map(({ outcome }) => outcome);
  const charges = await until(
    () => desk.services.archive.ledger.listCharges({ batchId }),
    (found) => outcomes(found).join() === standing.outcomes.join(),
  );
  const status = await until(
    () => desk.batchStatus(batchId),
    ({ costUsd, unknownUsd }) =>
      costUsd === toUsd(knownNano(charges)) && unknownUsd === toUsd(unknownNano(charges)),
  );
  expect(status.posts.length).toBeLessThanOrEqual(1);

  const ledger = await desk.standIns.ledger();
  for (const { basis, outcome, requestId, amount, step: of } of charges) {
    const isLost = outcome === 'lost' || (unpriced && of === step);
    expect(basis === 'unknown').toBe(isLost);
    if (isLost) expect(amount).toBeGreaterThan(0);
    else expect(sum(ledger.filter((entry) => entry.requestId === requestId))).toBe(amount);
  }
}

/** How many jobs fal was given for the scenario's step, by its own history. */
export async function jobsOf(walk: Walk, endpoint: string): Promise<number> {
  const { desk, scenario, mark, batchId } = walk;
  const { createdAt: start } = await desk.batchStatus(batchId);
  const query = new URLSearchParams({ endpoint_id: endpoint, expand: 'payloads', limit: '100', start });
  const address = `${desk.standIns.falBaseUrl}/api.fal.ai/v1/models/requests/by-endpoint?${query}`;
  const answer = await fetch(address, { headers: { authorization: 'Key walk' } });
  const { items } = (await answer.json()) as { items: { json_input: { prompt?: string } }[] };
  return items.filter(
    ({ json_input: { prompt = '' } }) => scenario.step === 'video' || prompt.includes(`${mark}.`),
  ).length;
}

/** What was billed and is on no charge: the lost answers, and nothing else. Jobs that were given back count for nothing. */
export async function unclaimed(desk: Harness, batchIds: readonly string[]): Promise<LedgerEntry[]> {
  const charges = await Promise.all(
    batchIds.map((batchId) => desk.services.archive.ledger.listCharges({ batchId })),
  );
  const claimed = new Set(charges.flat().map(({ requestId }) => requestId));
  const ledger = await desk.standIns.ledger();
  const billed = (id: string): number => sum(ledger.filter(({ requestId }) => requestId === id));
  return ledger.filter(({ requestId }) => !claimed.has(requestId) && billed(requestId) !== 0);
}
