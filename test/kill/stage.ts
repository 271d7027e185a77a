/** What a worker needs to live, and what outlives it: a scene of bad days, with a front before the stand-ins and one before PostgreSQL. */
import { mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { Program } from '../bad-days/program.js';
import { Scene } from '../bad-days/scene.js';
import { Ambush, KillLog, type Victim } from './ambush.js';
import { startProvidersFront } from './providers-front.js';
import { startSqlFront } from './sql-front.js';

export type Stage = Awaited<ReturnType<typeof startStage>>;

/** Long enough for a kill to fall into, short enough for many posts. */
const LATENCY = { openai: { latencyMs: 200 }, image: { latencyMs: 400 }, video: { latencyMs: 800 } };

/** @param say hears of each kill. */
export async function startStage(say: (line: string) => void) {
  const scene = await Scene.open('own-postgres');
  try {
    return await openOver(scene, say);
  } catch (error) {
    await scene.close();
    throw error;
  }
}

async function openOver(scene: Scene, say: (line: string) => void) {
  scene.standIns.control.set(LATENCY);
  await scene.startTemporal();
  const db = new pg.Pool({ connectionString: scene.databaseUrl, max: 4 });
  db.on('error', () => undefined);
  scene.defer(() => db.end());

  // The fronts need the ambush, which needs the worker, which needs the fronts' addresses: they are filled in below.
  const environment: NodeJS.ProcessEnv = {};
  const worker = new Worker(() => scene.program('workers/worker.js', environment));
  const log = new KillLog(say);
  const ambush = new Ambush(worker, log);
  const front = await startProvidersFront(new URL(scene.standIns.falBaseUrl).origin, ambush);
  scene.defer(() => front.close());
  const sqlFront = await startSqlFront(scene.databaseUrl, ambush);
  scene.defer(() => sqlFront.close());
  Object.assign(environment, {
    DATABASE_URL: sqlFront.url,
    OPENAI_BASE_URL: `${front.url}/openai/v1`,
    FAL_BASE_URL: `${front.url}/fal`,
  });

  const assetFolder = join(scene.data, 'assets');
  mkdirSync(assetFolder, { recursive: true });
  const assets = watch(assetFolder, (_event, name) => {
    const cut = name ? ambush.take('file', name) : null;
    if (cut) void ambush.spring(cut, String(name));
  });
  scene.defer(() => assets.close());
  /** `db` is of the archive, by itself and not through the front. */
  return { scene, worker, ambush, log, db, front, assetFolder };
}

export class Worker implements Victim {
  readonly #launch: () => Program;
  #program: Program | null = null;
  #polls = false;
  #killed = false;
  readonly #ownEnds: string[] = [];

  constructor(launch: () => Program) {
    this.#launch = launch;
  }

  get isReady(): boolean {
    return this.#polls && this.#program!.isRunning;
  }

  /** Its last words, each time that it ended without being killed. */
  get ownEnds(): readonly string[] {
    const ended = this.#program && !this.#program.isRunning && !this.#killed;
    return ended ? [...this.#ownEnds, this.#program!.words.slice(-500)] : this.#ownEnds;
  }

  /** Starts it and waits until it polls. @throws Error with its words when it ends before, or takes over a minute */
  async start(): Promise<void> {
    this.#ownEnds.splice(0, Infinity, ...this.ownEnds);
    this.#program = this.#launch();
    this.#killed = false;
    await this.#program.says(/^worker: polling/);
    this.#polls = true;
  }

  async kill(): Promise<void> {
    this.#killed = true;
    this.#polls = false;
    await this.#program?.end('SIGKILL');
  }
}
