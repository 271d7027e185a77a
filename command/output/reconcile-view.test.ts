import { expect, it } from 'vitest';
import type { ReconciledPost, Reconciliation } from '../../contract/reconcile.js';
import { reconcileView } from './reconcile-view.js';

const sums = {
  ...{ charges: 2, costUsd: 0.6203, unknownUsd: 0, providerUsd: 0.62 },
  ...{ billedUsd: 0.62, differenceUsd: 0, unbilled: 0 },
};
const post = (id: string, change: Partial<ReconciledPost> = {}): ReconciledPost => ({
  ...{ id, account: 'harbor', ...sums },
  ...change,
});
const answer = (change: Partial<Reconciliation> = {}, total: object = {}): Reconciliation => ({
  ...{ provider: 'fal', offline: false, posts: [post('AaaaAaaaAaaa')] },
  total: { posts: 1, differing: 0, ...sums, ...total },
  ...{ notSeen: ['Text calls are not compared.'], checkedAt: '2026-11-24T10:00:00.000Z' },
  ...change,
});

it('says in one line that all was billed as counted, and what was not seen', () => {
  const words = 'fal billed $0.62 for 2 charges of 1 post, to the nano-dollar as counted.';
  expect(reconcileView(answer())).toBe(`${words}\n\nNot seen:\n- Text calls are not compared.`);
});

it('has a row for each post that differs or waits, and the total', () => {
  const posts = [
    post('AaaaAaaaAaaa', { billedUsd: 0.558, differenceUsd: -0.062 }),
    post('BbbbBbbbBbbb', { billedUsd: 0.620000001, differenceUsd: 1e-9 }),
    post('CcccCcccCccc', { billedUsd: null, differenceUsd: null, unbilled: 2 }),
    post('DdddDdddDddd'),
  ];
  const total = { posts: 4, differing: 2, charges: 8, billedUsd: 1.79, differenceUsd: -0.062, unbilled: 2 };
  expect(reconcileView(answer({ posts }, total)).split('\n').slice(0, 7)).toEqual([
    'fal billed $1.79 for 8 charges of 4 posts, $0.06 less than counted: 2 posts billed other than counted. 2 charges without a bill so far.',
    '',
    'POST          ACCOUNT   COST  COUNTED  BILLED  DIFFERENCE  UNBILLED',
    'AaaaAaaaAaaa  @harbor  $0.62    $0.62   $0.56      -$0.06         0',
    'BbbbBbbbBbbb  @harbor  $0.62    $0.62   $0.62   +<$0.0001         0',
    'CcccCcccCccc  @harbor  $0.62    $0.62       -           -         2',
    'all 4                  $0.62    $0.62   $1.79      -$0.06         2',
  ]);
});

it('says that there is no bill, and nothing to compare', () => {
  const none = { billedUsd: null, differenceUsd: null, unbilled: 2 };
  expect(reconcileView(answer({ posts: [post('AaaaAaaaAaaa', none)] }, none))).toMatch(
    /^No bill of fal is known for 2 charges of 1 post, counted as \$0\.62\.\n\nPOST/,
  );
  expect(reconcileView(answer({ posts: [] }, { ...none, posts: 0, charges: 0, unbilled: 0 }))).toMatch(
    /^Nothing in the archive that fal could have billed\./,
  );
});

it("says that bills of a stand-in are nobody's money", () => {
  const text = reconcileView(answer({ offline: true }));
  expect(text).toMatch(/^the stand-in of fal billed \$0\.62/);
  expect(text).toMatch(/These are charges of a stand-in: nobody paid them\.$/);
});
