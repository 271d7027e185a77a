import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AUDIT } from './kill/audit.js';
import { OF_DECISIONS, OF_MAKING } from './kill/boundaries.js';
import { runCampaign, type CampaignPlan, type Outcome } from './kill/campaign.js';

/** How many kills of the worker in full, as `npm run test:kill` says; without it, each boundary once and a little more. */
const FULL = Number(process.env.KILLS ?? 0);
const SEED = process.env.KILL_SEED ?? String(Date.now() % 1_000_000);
const BOUNDARIES = OF_DECISIONS.length + OF_MAKING.length;

const none = { rounds: 0, worker: 0, temporal: 0, postgres: 0 };
const CAMPAIGNS: readonly (readonly [string, Omit<CampaignPlan, 'seed'>])[] =
  FULL === 0
    ? [['each boundary, and each server once', { rounds: 1, worker: 0, temporal: 1, postgres: 1 }]]
    : [
        ['the worker at each boundary', { ...none, rounds: Math.ceil(FULL / 2 / BOUNDARIES) }],
        ['the worker at random moments', { ...none, worker: Math.ceil(FULL / 2) }],
        ['the Temporal server at random moments', { ...none, temporal: Math.ceil(FULL / 10) }],
        ["the archive's PostgreSQL at random moments", { ...none, postgres: Math.ceil(FULL / 10) }],
      ];

const say = (line: string): void => {
  if (FULL > 0) process.stderr.write(`${line}\n`);
};

describe.each(CAMPAIGNS)('killed with SIGKILL: %s', (name, plan) => {
  let outcome: Outcome;
  beforeAll(async () => {
    say(`seed ${SEED}: ${name}`);
    outcome = await runCampaign({ ...plan, seed: SEED }, say);
  }, 1_800_000);
  afterAll(() => outcome?.stage.scene.close(), 60_000);

  /** What a person needs to find out what happened. */
  const story = (): string =>
    `seed ${SEED}; kills:\n${outcome.stage.log}\nresumed: ${outcome.people.resumed}`;

  it('was killed as often as planned, at each boundary', () => {
    const { stage, missed } = outcome;
    expect(missed, story()).toEqual([]);
    expect(stage.log.of('worker').length, story()).toBeGreaterThanOrEqual(
      plan.rounds * BOUNDARIES + plan.worker,
    );
    expect(stage.log.of('Temporal')).toHaveLength(plan.temporal);
    expect(stage.log.of('PostgreSQL')).toHaveLength(plan.postgres);
  });

  it('ran on while a server was away', () => {
    expect(outcome.stage.worker.ownEnds, story()).toEqual([]);
  });

  it.each(Object.entries(AUDIT))('%s', (_claim, problemsIn) => {
    expect(problemsIn(outcome.books), story()).toEqual([]);
  });
});
