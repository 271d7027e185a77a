import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStage, type Stage } from '../activities/testing/stage.js';
import { Tally } from './ledger/check.js';
import { EXAMPLES } from './ledger/examples.js';
import { play } from './ledger/play.js';
import { anyScenario, CALLS, KINDS } from './ledger/scenario.js';

vi.mock('../workflows/activities.js', () => import('./ledger/activities.js'));
/** What the steps of the workflows need of Temporal's sandbox: nothing is waited for. */
vi.mock('@temporalio/workflow', async (original) => ({
  ...(await original<object>()),
  sleep: () => Promise.resolve(),
  workflowInfo: () => ({ runId: 'one-run-of-all' }),
  CancellationScope: { nonCancellable: (await import('./ledger/activities.js')).protect },
}));

/** Drawn ones, beside the examples. `npm run test:ledger` runs 500; a seed that was printed plays the same scenarios again. */
const RUNS = Number(process.env.COPYDESK_LEDGER_RUNS ?? 50);
const SEED = Number(process.env.COPYDESK_LEDGER_SEED ?? Date.now() % 2 ** 31);
const LIMIT_MS = 60_000 + RUNS * 2_000;

vi.setConfig({ testTimeout: LIMIT_MS + 30_000 });

/** Each must have struck, so that a green run has proven something. */
const MUST_STRIKE = [
  ...Object.entries(KINDS).flatMap(([on, kinds]) => kinds.map((kind) => `fault ${on} ${kind}`)),
  ...Object.entries(CALLS).flatMap(([activity, calls]) =>
    ['start', ...calls, 'end'].map((call) => `kill ${activity} after ${call}`),
  ),
  ...['bill given back', 'bill with cached tokens'],
  ...['text known', 'text lost', 'text known by one who was killed'],
  ...['media known', 'media lost', 'media known by one who was killed'],
  ...['charge kept', 'charge refused', 'charge truncated', 'charge malformed', 'charge rule_broken'],
  ...['charge lost', 'charge failed', 'charge cancelled', 'resume', 'cancelled'],
];

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

describe('what was paid', () => {
  it('is known to the nano-dollar as the ledger has it, less exactly the lost replies, which are unknown', async () => {
    const tally = new Tally();
    const details = await fc.check(
      fc.asyncProperty(anyScenario, (scenario) => play(stage, scenario, tally)),
      {
        numRuns: EXAMPLES.length + RUNS,
        seed: SEED,
        examples: EXAMPLES.map((example) => [example]),
        interruptAfterTimeLimit: LIMIT_MS,
        markInterruptAsFailure: true,
        includeErrorInReport: true,
      },
    );
    console.info(
      `${details.numRuns} scenarios, seed ${SEED} (COPYDESK_LEDGER_SEED=${SEED} plays them again):\n${String(tally)}`,
    );
    if (details.failed) throw new Error(fc.defaultReportMessage(details));
    expect(tally.missing(MUST_STRIKE)).toEqual([]);
  });
});
