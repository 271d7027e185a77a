import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { newId, postWorkflowId } from '../../contract/ids.js';
import type { Mix } from '../../contract/mix.js';
import { chanceOf, type Chance } from '../../offline/seed.js';
import type { Boundary } from './ambush.js';
import { readBooks, type Books } from './books.js';
import { OF_DECISIONS, OF_MAKING } from './boundaries.js';
import { People } from './people.js';
import { startStage, type Stage } from './stage.js';

export interface CampaignPlan {
  readonly seed: string;
  /** Rounds of the worker killed at each boundary. */
  readonly rounds: number;
  readonly worker: number;
  readonly temporal: number;
  readonly postgres: number;
}

export interface Outcome {
  readonly stage: Stage;
  readonly people: People;
  readonly books: Books;
  readonly missed: readonly string[];
}

const PATIENCE_MS = 90_000;
/** A publication or a record that was cut is tried again after two minutes. */
const END_PATIENCE_MS = 300_000;
const AT_WORK = 6;
/** US dollars would stop what the kills should. */
const BUDGET = 1_000_000_000_000;

/** Kills by plan while posts are made and people decide, lets all come to its end, and reads the books. */
export async function runCampaign(plan: CampaignPlan, say: (line: string) => void): Promise<Outcome> {
  const stage = await startStage(say);
  const people = new People(stage, chanceOf(`${plan.seed} people`), plan.rounds > 0 ? 10 : 30);
  try {
    await stage.worker.start();
    const campaign = new Campaign(stage, people, chanceOf(plan.seed));
    const missed: string[] = [];
    for (let round = 0; round < plan.rounds; round += 1) missed.push(...(await campaign.boundaries()));
    people.begin();
    await campaign.randomly(plan.worker, () => campaign.killWorker());
    await campaign.randomly(plan.temporal, () => campaign.killTemporal());
    await campaign.randomly(plan.postgres, () => campaign.killPostgres());
    await campaign.allEnded(say);
    await people.end();
    const outcome = { stage, people, missed, books: await readBooks(stage, people.words) };
    say(summaryOf(outcome));
    return outcome;
  } catch (error) {
    await people.end();
    await stage.scene.close();
    throw new Error(`seed ${plan.seed}; kills:\n${stage.log}`, { cause: error });
  }
}

function summaryOf({ stage, people, books }: Outcome): string {
  const lost = books.charges.filter(({ outcome }) => outcome === 'lost').length;
  const dropped = books.posts.flatMap(({ review }) => review.filter(({ counted }) => !counted)).length;
  return [
    `${stage.log.kills.length} kills`,
    `${books.posts.length} posts`,
    `${books.jobs.length} jobs`,
    `${books.charges.length} charges, ${lost} of them lost replies`,
    `${people.words.length} words, ${dropped} dropped`,
    `resumed: ${people.resumed.length > 0 ? people.resumed.join(', ') : 'none'}`,
  ].join('; ');
}

class Campaign {
  readonly #stage: Stage;
  readonly #people: People;
  readonly #chance: Chance;
  readonly #batches: string[] = [];

  constructor(stage: Stage, people: People, chance: Chance) {
    this.#stage = stage;
    this.#people = people;
    this.#chance = chance;
  }

  /** Kills the worker at each boundary once. Answers those that nothing came to. */
  async boundaries(): Promise<readonly string[]> {
    const early = await this.#ofDecisions(OF_DECISIONS);
    // All posts may be decided before one of them comes to the last boundary: then it gets others.
    const left = OF_DECISIONS.filter(({ name }) => early.includes(name));
    const missed = left.length > 0 ? await this.#ofDecisions(left) : [];
    return [...missed, ...(await this.#lieInWait(OF_MAKING, { hero_text: 1, video: 1 }))];
  }

  /** Kills at boundaries that posts come to by decisions, once enough of them wait for a person. */
  async #ofDecisions(boundaries: readonly Boundary[]): Promise<readonly string[]> {
    await this.#people.end();
    const batch = await this.#startBatch({ hero_text: 9, video: 2 });
    await this.#until(
      async () => (await this.#count("status = 'awaiting_approval' and batch_id = $1", batch)) === 9,
    );
    return this.#lieInWait(boundaries, null);
  }

  /** @param fresh what is started at each kill, so that the next boundary need not wait for what the kill has cut. */
  async #lieInWait(boundaries: readonly Boundary[], fresh: Mix | null): Promise<readonly string[]> {
    const { ambush, worker } = this.#stage;
    ambush.arm(boundaries);
    this.#people.begin();
    if (fresh) await this.#startBatch(fresh);
    while (!ambush.isOver) {
      const struck = ambush.struck().then(() => true);
      if (!(await Promise.race([struck, sleep(PATIENCE_MS, false, { ref: false })]))) return ambush.disarm();
      await this.#verify(boundaries);
      await worker.start();
      // Only now: the server may hand what comes earlier to the dead worker, and wait ten seconds for it.
      if (fresh && !ambush.isOver) await this.#startBatch(fresh);
    }
    return [];
  }

  /** A file that appears is seen a little later: only where its activity has not been reported was the boundary struck. */
  async #verify(boundaries: readonly Boundary[]): Promise<void> {
    const { ambush, log, scene } = this.#stage;
    const kill = log.kills.at(-1);
    const boundary = boundaries.find(({ name }) => name === kill?.where);
    if (!kill || boundary?.at !== 'file') return;
    const { raw } = await scene.client.workflow
      .getHandle(postWorkflowId(kill.detail.slice(0, 12)))
      .describe();
    const isCut = raw.pendingActivities?.some(({ activityType }) => activityType?.name === 'collect');
    if (!isCut) ambush.arm([boundary]);
  }

  /** Kills again and again, one to four seconds after it was last alive, with posts at work all along. */
  async randomly(times: number, kill: () => Promise<void>): Promise<void> {
    for (let done = 0; done < times; done += 1) {
      const open = await this.#count(
        "status not in ('published', 'rejected', 'cancelled', 'failed', 'expired')",
      );
      if (done === 0 || open < AT_WORK) await this.#startBatch({ hero_text: 4, video: 2 });
      await sleep(1_000 + this.#chance.next(3_000));
      await kill();
    }
  }

  async killWorker(): Promise<void> {
    const { worker, log } = this.#stage;
    const dead = worker.kill();
    log.add('worker', 'a random moment');
    await dead;
    await worker.start();
  }

  async killTemporal(): Promise<void> {
    this.#stage.log.add('Temporal', 'a random moment');
    await this.#stage.scene.killTemporal();
    await this.#stage.scene.startTemporal();
    await this.#reviveWorker();
  }

  async killPostgres(): Promise<void> {
    this.#stage.log.add('PostgreSQL', 'a random moment');
    await this.#stage.scene.postgres.kill();
    await this.#stage.scene.postgres.restart();
    await this.#reviveWorker();
  }

  /** Who runs it restarts it when it has ended by itself; that it has is on its record. */
  async #reviveWorker(): Promise<void> {
    if (!this.#stage.worker.isReady) await this.#stage.worker.start();
  }

  /** Waits until every batch is done, and says what hangs when that takes too long. */
  async allEnded(say: (line: string) => void): Promise<void> {
    const count = this.#batches.length;
    const isDone = async (): Promise<boolean> => {
      await this.#reviveWorker();
      const { rows } = await this.#stage.db.query("select id from batches where status = 'done'");
      return rows.length === count;
    };
    await this.#until(isDone, END_PATIENCE_MS).catch((error: unknown) => say(String(error)));
  }

  async #startBatch(mix: Mix): Promise<string> {
    const { client } = this.#stage.scene;
    const change = { id: newId((max) => randomInt(max)), budget: BUDGET };
    await this.#until(() =>
      client
        .withDeadline(Date.now() + 5_000, () => this.#stage.scene.startBatch(mix, change))
        .then(() => true)
        // An attempt whose answer a kill has cut may have started it.
        .catch((error: unknown) => error instanceof WorkflowExecutionAlreadyStartedError),
    );
    this.#batches.push(change.id);
    return change.id;
  }

  async #count(where: string, ...values: string[]): Promise<number> {
    const { rows } = await this.#stage.db.query(`select id from posts where ${where}`, values);
    return rows.length;
  }

  async #until(isSo: () => Promise<boolean>, patienceMs: number = PATIENCE_MS): Promise<void> {
    for (const end = Date.now() + patienceMs; !(await isSo()); await sleep(100)) {
      if (Date.now() > end) throw new Error(`not within ${patienceMs / 1_000} s`);
    }
  }
}
