import { randomInt } from 'node:crypto';
import { newId } from '../../contract/ids.js';
import { account } from '../../activities/testing/samples.js';
import type { Stage } from '../../activities/testing/stage.js';
import { OpenAiText } from '../../services/text/openai.js';
import { runBy } from './activities.js';
import { billed, checkBooks, type Tally } from './check.js';
import type { Scenario } from './scenario.js';
import { Story } from './story.js';
import { skipPauses, Temporal } from './temporal.js';
import { watch } from './wire.js';

const HOUR = 3_600_000;
const MORE_THAN_ENOUGH = 1_000_000_000_000;
const LONG = 'Say what the pier sees, in the order in which it sees it. '.repeat(90);

/** Plays a scenario on the stage, and holds its record against its ledger. @throws AssertionError */
export async function play(stage: Stage, scenario: Scenario, tally: Tally): Promise<void> {
  await stage.reset();
  const { api, jobMs } = scenario;
  const queue = (on: boolean): void => {
    const latency = { latencyMs: on ? HOUR : jobMs };
    stage.control.set({ image: latency, video: latency });
  };
  queue(false);
  for (const fault of scenario.faults) stage.control.fail(fault);
  const { openAiBaseUrl: baseUrl } = stage;
  const services = stage.services({
    text: new OpenAiText({ apiKey: 'sample', baseUrl, api, offline: true }),
  });
  const temporal = new Temporal(services, scenario.strikes, { struck: tally.count, queue });
  const wire = watch(stage, scenario, () => temporal.lives.at(-1)!);
  runBy(temporal);
  const putBack = skipPauses();
  try {
    const input = inputOf(scenario);
    const batchId = input.id;
    const charges = await new Story(temporal, scenario, tally.count).tell(input);
    const entries = await stage.bill();
    const calls = billed(entries, wire, temporal.lives);
    const armed = stage.control.armed();
    tally.countFaults(scenario.faults.filter((fault) => !armed.includes(fault)));
    tally.countCalls(entries, calls, charges);
    checkBooks({
      ...{ billed: calls, charges },
      archived: await stage.archive.ledger.listCharges({ batchId }),
      held: await stage.archive.ledger.listHolds({ batchId }),
    });
  } finally {
    putBack();
  }
}

function inputOf({ formats, models, longPrompts, budget, confirmOver }: Scenario) {
  const mix: Record<string, number> = {};
  for (const format of formats) mix[format] = (mix[format] ?? 0) + 1;
  const id = newId(randomInt);
  // An account of its own: no scenario reads titles of another.
  const own = {
    ...account,
    handle: `a${id.toLowerCase()}`,
    models,
    ...(longPrompts && { voice: LONG }),
    budget: { batch: budget ?? MORE_THAN_ENOUGH, ...(confirmOver !== null && { confirmOver }) },
  };
  return { id, account: own, planner: 'ports', mix, brief: null, budget: own.budget.batch };
}
