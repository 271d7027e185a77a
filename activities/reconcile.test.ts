import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { Bill, Billable, BillableQuery } from '../services/archive/ledger/bill.js';
import type { Archive } from '../services/archive/archive.js';
import { json } from './testing/recorder.js';
import { createReconcile } from './reconcile.js';
import { surroundings, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const AT = '2026-11-24T10:00:00.000Z';

let stage: Stage;
useStage((opened) => (stage = opened));

const charge = (number: number, change: Partial<Billable> = {}): Billable => ({
  ...{ key: `charge-${number}`, postId: `post-${number}`, batchId: 'Zr4hK8vYp1Nc', account: 'harbor' },
  ...{ model: 'fal-ai/flux/dev', requestId: `request-${number}`, amount: 60_000_000, unknown: false },
  ...{ billed: null, at: AT },
  ...change,
});
const charges = (count: number): Billable[] => Array.from({ length: count }, (_, number) => charge(number));

/** An archive of these charges, which keeps what it is given. */
function archiveOf(all: readonly Billable[]) {
  const bills = new Map<string, Bill>();
  const queries: BillableQuery[] = [];
  const ledger = {
    listBillable: (query: BillableQuery) => {
      queries.push(query);
      return Promise.resolve(
        all.map((one) => ({ ...one, billed: bills.get(one.requestId)?.amount ?? null })),
      );
    },
    saveBills: (some: readonly Bill[]) => {
      for (const bill of some) bills.set(bill.requestId, bill);
      return Promise.resolve();
    },
    listCharges: () => Promise.resolve([]),
  };
  return { archive: { ledger } as unknown as Archive, bills, queries };
}
/** fal bills every request that it is asked about. */
const billAll = (path: string) =>
  json({
    billing_events: new URL(path, 'http://x').searchParams
      .getAll('request_id')
      .map((id) => ({ request_id: id, timestamp: AT, output_units: 1, cost_total: 0.06 })),
  });
const turns = (): number[] =>
  stage.recorder
    .sent('GET', '/billing-events')
    .map(({ path }) => new URL(path, 'http://x').searchParams.getAll('request_id').length);
const run = (archive: Archive, input = {}, around = surroundings()) =>
  around.run(createReconcile(stage.services({ archive })).reconcile, input);

describe('reconcile', () => {
  it('asks in turns, keeps each answer before the next, and tells how far it is', async () => {
    const { archive, bills } = archiveOf(charges(120));
    const around = surroundings();
    stage.recorder.play('/billing-events', ({ path }) => billAll(path));
    const { total, posts } = await run(archive, {}, around);
    expect(turns()).toEqual([50, 50, 20]);
    expect(bills.size).toBe(120);
    expect(posts).toHaveLength(120);
    expect(total).toMatchObject({ posts: 120, billedUsd: 7.2, differenceUsd: 0 });
    expect(around.heartbeats.at(-1)).toMatchObject({ asked: 120, charges: 120 });
  });

  it('looks at the charges of its own kind, from a time on and of one account', async () => {
    const { archive, queries } = archiveOf([charge(1), charge(2, { account: 'pier' })]);
    stage.recorder.play('/billing-events', ({ path }) => billAll(path));
    const { posts } = await run(archive, { since: AT, account: 'pier' });
    expect(posts.map(({ id }) => id)).toEqual(['post-2']);
    expect(turns()).toEqual([1]);
    expect(queries[0]).toEqual({ provider: 'fal', offline: true, since: AT });
  });

  it('keeps what it has heard when a later turn fails, and is tried again after what the provider asks for', async () => {
    const { archive, bills } = archiveOf(charges(60));
    stage.recorder.play('/billing-events', ({ path }, behind) =>
      turns().length === 1 ? billAll(path) : behind(),
    );
    stage.control.fail({ on: 'billing', kind: 'status', status: 429, retryAfter: 7 });
    const error = await run(archive).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApplicationFailure);
    expect(error).toMatchObject({ type: 'Provider.RateLimited', nonRetryable: false, nextRetryDelay: 7_000 });
    expect(bills.size).toBe(50);
  });

  it('may be repeated after a lost answer, and gives up on what it asked wrongly', async () => {
    const { archive } = archiveOf(charges(1));
    stage.control.fail({ on: 'billing', kind: 'drop-after' });
    await expect(run(archive)).rejects.toMatchObject({ name: 'ProviderError', kind: 'lost' });
    stage.control.fail({ on: 'billing', kind: 'status', status: 400 });
    await expect(run(archive)).rejects.toMatchObject({ nonRetryable: true });
  });

  it.each([401, 403])(
    'answers with what it can see when the key is refused by %i, and asks no more',
    async (status) => {
      const { archive } = archiveOf(charges(60));
      stage.control.fail({ on: 'billing', kind: 'status', status });
      const { notSeen, total } = await run(archive);
      expect(notSeen[0]).toMatch(/FAL_KEY .*set FAL_ADMIN_KEY/);
      expect(total).toMatchObject({ charges: 60, billedUsd: null, unbilled: 60 });
      expect(turns()).toEqual([50]);
    },
  );

  it('stops between two turns when it is cancelled', async () => {
    const { archive, bills } = archiveOf(charges(120));
    const around = surroundings();
    stage.recorder.play('/billing-events', ({ path }) => {
      around.cancel();
      return billAll(path);
    });
    await expect(run(archive, {}, around)).rejects.toBeInstanceOf(CancelledFailure);
    expect(bills.size).toBe(50);
  });

  it('asks nothing of an archive without charges', async () => {
    const { posts, total } = await run(archiveOf([]).archive);
    expect({ posts, total }).toMatchObject({ posts: [], total: { posts: 0, charges: 0, billedUsd: null } });
    expect(turns()).toEqual([]);
  });
});
