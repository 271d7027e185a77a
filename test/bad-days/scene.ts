/**
 * Copydesk in parts, each a process of its own that can go away and come back: a Temporal dev server, PostgreSQL, the built
 * worker and desk. The stand-ins of OpenAI and fal live in the test.
 */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { BATCH_WORKFLOW, type BatchInput } from '../../contract/batch.js';
import { batchWorkflowId, postWorkflowId } from '../../contract/ids.js';
import { batchStatusQuery, postStatusQuery } from '../../contract/messages.js';
import type { Mix } from '../../contract/mix.js';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import { QUEUES } from '../../contract/task-queues.js';
import { startStandIns, type StandIns } from '../../offline/stand-ins.js';
import { RECONNECTS } from '../../workers/temporal/open.js';
import { startDevServer } from '../../workers/temporal/dev-server.js';
import { requireFreePorts } from '../../workers/temporal/ports.js';
import { readProcesses } from '../../workers/temporal/processes.js';
import { stopServer, type DevServer } from '../../workers/temporal/server-process.js';
import { batchInput } from '../batch-input.js';
import { temporalBinary } from '../local-server.js';
import { freePort, freeTemporalPort } from '../ports.js';
import { startPostgres, type TestPostgres } from '../postgres.js';
import { borrowDatabase } from '../servers/borrow.js';
import { allGone } from '../processes.js';
import { until } from '../until.js';
import { Program } from './program.js';

/** How long something stays away, in ms: longer than the first tries of whoever misses it. */
export const OUTAGE_MS = Number(process.env.COPYDESK_OUTAGE_SECONDS ?? 6) * 1_000;
export const TOKEN = 'a-token-for-the-bad-days';
export const LONGEST_MS = 120_000 + 3 * OUTAGE_MS;

export class Scene {
  readonly folder: string;
  readonly standIns: StandIns;
  readonly #temporalPort: number;
  readonly #closers: (() => unknown)[] = [() => rmSync(this.folder, { recursive: true, force: true })];
  #postgres: TestPostgres | null = null;
  #temporal: DevServer | null = null;
  #client: Client | null = null;
  #env: Readonly<Record<string, string>>;

  /**
   * @param parts `embedded` leaves PostgreSQL and Temporal out, for the all-in-one; `own-postgres` starts one that can be killed, in place
   *   of a database on the run's.
   */
  static async open(parts: 'grown' | 'own-postgres' | 'embedded' = 'grown'): Promise<Scene> {
    const folder = mkdtempSync(join(tmpdir(), 'copydesk-bad-days-'));
    const standIns = await startStandIns({ folder: join(folder, 'stand-ins'), media: 'plain' });
    const scene = new Scene(folder, standIns, await freeTemporalPort());
    try {
      if (parts === 'own-postgres') await scene.#startPostgres();
      if (parts === 'grown') scene.#env = { ...scene.#env, DATABASE_URL: await borrowDatabase() };
      return scene;
    } catch (error) {
      await scene.close();
      throw error;
    }
  }

  private constructor(folder: string, standIns: StandIns, temporalPort: number) {
    this.folder = folder;
    this.standIns = standIns;
    this.#temporalPort = temporalPort;
    this.defer(() => standIns.close());
    standIns.control.set({ openai: { latencyMs: 50 }, image: { latencyMs: 200 }, video: { latencyMs: 400 } });
    const { PATH = '', HOME = '' } = process.env;
    this.#env = {
      ...{ PATH, HOME, COPYDESK_ENV_FILE: 'none' },
      ...{ COPYDESK_DATA: this.data, COPYDESK_ADOPT_SECONDS: '5', TEMPORAL_ADDRESS: this.temporalAddress },
      ...{ OPENAI_BASE_URL: standIns.openAiBaseUrl, OPENAI_API_KEY: 'sk-test', OPENAI_API: 'responses' },
      ...{ OPENAI_PRICE: 'table', FAL_BASE_URL: standIns.falBaseUrl, FAL_KEY: 'id:secret' },
    };
  }

  async #startPostgres(): Promise<void> {
    const postgres = await startPostgres();
    this.#postgres = postgres;
    this.defer(() => postgres.stop());
    this.#env = { ...this.#env, DATABASE_URL: await postgres.database() };
  }

  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  get data(): string {
    return join(this.folder, 'data');
  }

  get databaseUrl(): string {
    return required(this.#env['DATABASE_URL'] ?? null);
  }

  get client(): Client {
    return required(this.#client);
  }

  get postgres(): TestPostgres {
    return required(this.#postgres);
  }

  get temporalAddress(): string {
    return `127.0.0.1:${this.#temporalPort}`;
  }

  /** Closed with the scene, the last first. */
  defer(close: () => unknown): void {
    this.#closers.push(close);
  }

  async startTemporal(): Promise<void> {
    const first = this.#temporal === null;
    // The last threads of one that was killed may hold its ports for a moment longer than its pid says.
    await requireFreePorts(this.#temporalPort, this.#temporalPort + 1_000, 10_000);
    const server = await startDevServer({
      binary: temporalBinary(),
      dbFile: join(this.folder, 'temporal.db'),
      port: this.#temporalPort,
      uiHost: '127.0.0.1',
      uiPort: this.#temporalPort + 1_000,
      searchAttributes: SEARCH_ATTRIBUTES,
      logFile: join(this.folder, 'temporal.log'),
    });
    this.#temporal = server;
    if (!first) return;
    const orphaned = (): void => void process.kill(required(this.#temporal).pid, 'SIGKILL');
    process.once('exit', orphaned);
    this.defer(async () => {
      process.off('exit', orphaned);
      await this.#temporal?.stop();
    });
    await this.#connect();
  }

  async #connect(): Promise<void> {
    const connection = await Connection.connect({ address: this.temporalAddress, ...RECONNECTS });
    this.defer(() => connection.close());
    this.#client = new Client({ connection });
  }

  async killTemporal(): Promise<void> {
    const { pid } = required(this.#temporal);
    process.kill(pid, 'SIGKILL');
    await allGone([pid]);
  }

  /** A built program with the settings of the scene, ended with it. */
  program(script: string, env: NodeJS.ProcessEnv = {}, args: readonly string[] = []): Program {
    const program = new Program(script, { ...this.#env, ...env }, args);
    this.defer(() => program.end());
    return program;
  }

  /** @param queues such as `text,media`; all when left out. */
  async startWorker(env: NodeJS.ProcessEnv = {}, queues?: string): Promise<Program> {
    const worker = this.program('workers/worker.js', env, queues === undefined ? [] : ['--queues', queues]);
    await worker.says(/^worker: polling/);
    return worker;
  }

  /** The desk, serving at `url`. */
  async startDesk(): Promise<{ desk: Program; url: string }> {
    const port = await freePort();
    const desk = this.program('workers/desk.js', { COPYDESK_PORT: String(port), COPYDESK_TOKEN: TOKEN });
    await desk.says(/^desk: /);
    return { desk, url: `http://127.0.0.1:${port}` };
  }

  /** The all-in-one with its embedded parts, in place of the scene's own Temporal and PostgreSQL. */
  async startUp(): Promise<{ up: Program; url: string }> {
    const bin = join(this.folder, 'bin');
    mkdirSync(bin);
    symlinkSync(temporalBinary(), join(bin, 'temporal'));
    const port = await freePort();
    this.defer(async () => {
      const { temporal } = readProcesses(this.data);
      if (temporal) await stopServer(temporal.pid, temporal.dbFile);
    });
    const up = this.program('workers/up.js', {
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      TEMPORAL_ADDRESS: '',
      DATABASE_URL: '',
      COPYDESK_TEMPORAL_PORT: String(this.#temporalPort),
      COPYDESK_PORT: String(port),
      COPYDESK_TOKEN: TOKEN,
    });
    await up.says(/Copydesk is ready/);
    await this.#connect();
    return { up, url: `http://127.0.0.1:${port}` };
  }

  async startBatch(mix: Mix, change: Partial<BatchInput> = {}): Promise<string> {
    const input = await batchInput(mix, change);
    await this.client.workflow.start(BATCH_WORKFLOW, {
      workflowId: batchWorkflowId(input.id),
      taskQueue: QUEUES.workflows,
      args: [input],
    });
    return input.id;
  }

  signal(postId: string, name: string, message: object): Promise<void> {
    return this.client.workflow.getHandle(postWorkflowId(postId)).signal(name, message);
  }

  /** Waits through answers that do not come, since that is what these tests are about. */
  batchUntil(id: string, wanted: (status: BatchStatus) => boolean): Promise<BatchStatus> {
    return this.eventually(
      () => this.client.workflow.getHandle(batchWorkflowId(id)).query(batchStatusQuery),
      wanted,
    );
  }

  postUntil(id: string, wanted: (status: PostStatus) => boolean): Promise<PostStatus> {
    return this.eventually(
      () => this.client.workflow.getHandle(postWorkflowId(id)).query(postStatusQuery),
      wanted,
    );
  }

  /** Waits until fal has accepted so many jobs for the batch's only post, and answers its id. */
  async postWithJobs(batchId: string, count: number): Promise<string> {
    const { posts } = await this.batchUntil(batchId, (batch) => batch.posts.length === 1);
    await until(
      () => readFile(join(this.folder, 'stand-ins', 'jobs.jsonl'), 'utf8').catch(() => ''),
      (lines) => lines.split('"type":"accepted"').length > count,
    );
    return String(posts[0]?.id);
  }

  async jobs(): Promise<number> {
    const ledger = await this.standIns.ledger();
    return ledger.filter(({ provider }) => provider === 'fal').length;
  }

  async close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }

  /** Reads until it is as wanted, through errors. After a long outage the next try of an activity is up to a minute away. */
  async eventually<T>(read: () => Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
    let last: unknown = null;
    for (const end = Date.now() + 60_000 + Math.min(OUTAGE_MS, 60_000); ; await sleep(100)) {
      try {
        const answer = await read();
        if (wanted(answer)) return answer;
        last = answer;
      } catch (error) {
        last = error;
      }
      if (Date.now() > end) throw new Error(`not reached; the last: ${shown(last)}`);
    }
  }
}

const shown = (last: unknown): string => (last instanceof Error ? last.message : JSON.stringify(last));

export const outage = (): Promise<void> => sleep(OUTAGE_MS);

function required<T>(value: T | null): T {
  if (value === null) throw new Error('this part of the scene is not there yet');
  return value;
}

export const waiting = ({ counts }: { counts: Partial<Record<string, number>> }): boolean =>
  counts.awaiting_approval === 1;
