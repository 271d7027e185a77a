import { CancelledFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import type { Bill, Billable, BillableQuery } from '../services/archive/ledger/ledger.js';
import { compared, createReconcile, notSeen, type PostCharges } from './reconcile.js';
import { useStage } from './testing/use-stage.js';
import type { Archive } from '../services/archive/archive.js';
import { json } from './testing/recorder.js';
import { surroundings } from './testing/stage.js';

const CENT = 10_000_000;
const AT = '2026-11-24T10:00:00.000Z';

let numbers = 0;
/** Of six cents, which were billed. */
const charge = (change: Partial<Billable> = {}): Billable => {
  const number = (numbers += 1);
  return {
    ...{ key: `charge-${number}`, postId: `post-${number}`, batchId: 'Zr4hK8vYp1Nc', account: 'harbor' },
    ...{ model: 'fal-ai/flux/dev', requestId: `request-${number}`, amount: 6 * CENT, unknown: false },
    ...{ billed: 6 * CENT, at: AT },
    ...change,
  };
};

describe('a comparison', () => {
  const post = (
    id: string,
    charges: readonly Billable[],
    change: Partial<PostCharges> = {},
  ): PostCharges => ({
    ...{ id, account: 'harbor', cost: 6 * CENT + 3, unknown: 0, charges },
    ...change,
  });
  const waits = (id = 'waits') => post(id, [charge({ billed: null })]);

  it('sums each post and all of them, exact to the nano-dollar', () => {
    const less = post('less', [charge({ billed: 1 }), charge({ billed: null })]);
    const { posts, total } = compared([post('same', [charge()]), less]);
    expect(posts[0]).toEqual({
      ...{ id: 'less', account: 'harbor', charges: 2, costUsd: 0.060000003, unknownUsd: 0 },
      ...{ providerUsd: 0.12, billedUsd: 1e-9, differenceUsd: -0.059999999, unbilled: 1 },
    });
    expect(total).toEqual({
      ...{ posts: 2, charges: 3, costUsd: 0.120000006, unknownUsd: 0, providerUsd: 0.18 },
      ...{ billedUsd: 0.060000001, differenceUsd: -0.059999999, unbilled: 1, differing: 1 },
    });
  });

  const twice = { requestId: 'one', amount: 3 * CENT };
  const lost = { unknown: true, amount: 56 * CENT };
  const estimated = { cost: 0, unknown: 56 * CENT };
  const waiting = { costUsd: 0, unknownUsd: 0.56, providerUsd: 0, billedUsd: null, unbilled: 1 };
  const come = { providerUsd: 0, billedUsd: 0.5, differenceUsd: 0.5, unbilled: 0 };
  it.each<[string, Partial<Billable>[], Partial<PostCharges>, object]>([
    ['an estimate as 0 until its bill comes', [{ ...lost, billed: null }], estimated, waiting],
    ['the bill of an estimate as a difference', [{ ...lost, billed: 50 * CENT }], {}, come],
    ['a bill of nothing as one', [{ billed: 0 }], {}, { billedUsd: 0, differenceUsd: -0.06, unbilled: 0 }],
    ['no bill as none', [], {}, { billedUsd: null, differenceUsd: null, unbilled: 0 }],
    ['a request that two name once', [twice, twice], {}, { billedUsd: 0.06, differenceUsd: 0 }],
  ])('counts %s', (_what, charges, change, sums) => {
    expect(compared([post('a', charges.map(charge), change)]).total).toMatchObject(sums);
  });

  it('lists the largest difference first, then what waits for a bill, then the rest from the newest', () => {
    const little = post('little', [charge({ billed: 7 * CENT })]);
    const much = post('much', [charge({ billed: 0 })]);
    const [old, young] = [post('old', [charge()]), post('new', [charge()])];
    const { posts } = compared([old, waits(), little, young, much, waits('waits too')]);
    expect(posts.map(({ id }) => id)).toEqual(['much', 'little', 'waits', 'waits too', 'new', 'old']);
  });

  it('lists 500 posts at most and counts all, and says so', () => {
    const posts = Array.from({ length: 501 }, (_, index) => post(String(index), [charge()]));
    const all = compared(posts);
    expect(all.posts).toHaveLength(500);
    expect(all.total).toMatchObject({ posts: 501, charges: 501 });
    expect(notSeen(all, 'fal', null).at(-1)).toBe('At most 500 posts are listed; the total counts all.');
    expect(notSeen(compared(posts.slice(1)), 'fal', null).join()).not.toContain('500');
  });

  it('names what is not seen: calls without bills, late events, or else why there are none', () => {
    const always = [/^Text calls/, /^Calls without a request id/].map(
      (words) => expect.stringMatching(words) as string,
    );
    expect(notSeen(compared([post('a', [charge()])]), 'fal', null)).toEqual(always);
    const late = expect.stringMatching(/^1 charge has no billing event yet/) as string;
    expect(notSeen(compared([waits()]), 'fal', null)).toEqual([late, ...always]);
    expect(notSeen(compared([waits()]), 'fal', 'the key may not')).toEqual(['the key may not.', ...always]);
  });
});

describe('reconcile', () => {
  const stage = useStage();

  const charges = (count: number): Billable[] => Array.from({ length: count }, () => charge());
  /** An archive of these charges, which keeps what it is given. */
  function archiveOf(all: readonly Billable[]) {
    const bills = new Map<string, Bill>();
    const queries: BillableQuery[] = [];
    const ledger = {
      async listBillable(query: BillableQuery) {
        queries.push(query);
        return all.map((one) => ({ ...one, billed: bills.get(one.requestId)?.amount ?? null }));
      },
      async saveBills(some: readonly Bill[]) {
        for (const bill of some) bills.set(bill.requestId, bill);
      },
      listCharges: async () => [],
    };
    return { archive: { ledger } as unknown as Archive, bills, queries };
  }
  const idsIn = (path: string): string[] => new URL(path, 'http://x').searchParams.getAll('request_id');
  const turns = (): number[] =>
    stage.recorder.sent('GET', '/billing-events').map(({ path }) => idsIn(path).length);
  /** fal bills every request that it is asked about, so many turns long; `act` is done meanwhile. */
  const billAll = (most = Infinity, act: () => void = () => undefined): void =>
    stage.recorder.play('/billing-events', ({ path }, behind) => {
      act();
      const bill = { timestamp: AT, output_units: 1, cost_total: 0.06 };
      const billing_events = idsIn(path).map((request_id) => ({ request_id, ...bill }));
      return turns().length <= most ? json({ billing_events }) : behind();
    });
  const run = (archive: Archive, input = {}, around = surroundings()) =>
    around.run(createReconcile(stage.services({ archive })).reconcile, input);

  it('asks in turns, keeps each answer before the next, and tells how far it is', async () => {
    const { archive, bills } = archiveOf(charges(120));
    const around = surroundings();
    billAll();
    const { total, posts } = await run(archive, {}, around);
    expect(turns()).toEqual([50, 50, 20]);
    expect([bills.size, posts.length]).toEqual([120, 120]);
    expect(total).toMatchObject({ posts: 120, billedUsd: 7.2, differenceUsd: 0 });
    expect(around.heartbeats.at(-1)).toMatchObject({ asked: 120, charges: 120 });
  });

  it('looks at the charges of its own kind, from a time on and of one account', async () => {
    const { archive, queries } = archiveOf([charge(), charge({ account: 'pier', postId: 'of pier' })]);
    billAll();
    const { posts } = await run(archive, { since: AT, account: 'pier' });
    expect(posts.map(({ id }) => id)).toEqual(['of pier']);
    expect(turns()).toEqual([1]);
    expect(queries[0]).toEqual({ provider: 'fal', offline: true, since: AT });
  });

  it('keeps what it has heard when a later turn fails, and is tried again after what the provider asks for', async () => {
    const { archive, bills } = archiveOf(charges(60));
    billAll(1);
    stage.control.fail({ on: 'billing', kind: 'status', status: 429, retryAfter: 7 });
    const again = { type: 'Provider.RateLimited', nonRetryable: false, nextRetryDelay: 7_000 };
    await expect(run(archive)).rejects.toMatchObject(again);
    expect(bills.size).toBe(50);
  });

  it('may be repeated after a lost answer, and gives up on what it asked wrongly', async () => {
    const { archive } = archiveOf(charges(1));
    stage.control.fail({ on: 'billing', kind: 'drop-after' });
    await expect(run(archive)).rejects.toMatchObject({ type: 'Provider.LostReply', nonRetryable: false });
    stage.control.fail({ on: 'billing', kind: 'status', status: 400 });
    await expect(run(archive)).rejects.toMatchObject({ nonRetryable: true });
  });

  it.each([401, 403])('answers with what it can see to a key that %i refuses', async (status) => {
    stage.control.fail({ on: 'billing', kind: 'status', status });
    const refused = await run(archiveOf(charges(60)).archive);
    expect(refused.notSeen[0]).toMatch(/FAL_KEY .*set FAL_ADMIN_KEY/);
    expect(refused.total).toMatchObject({ charges: 60, billedUsd: null, unbilled: 60 });
    expect(turns()).toEqual([50]);
  });

  it('stops between two turns when it is cancelled', async () => {
    const { archive, bills } = archiveOf(charges(120));
    const around = surroundings();
    billAll(3, around.cancel);
    await expect(run(archive, {}, around)).rejects.toBeInstanceOf(CancelledFailure);
    expect(bills.size).toBe(50);
  });
});
