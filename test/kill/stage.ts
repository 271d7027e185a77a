/**
 * What a worker needs to live, and what outlives it: the stand-ins of OpenAI and fal behind a front, PostgreSQL behind a
 * front, and the Temporal dev server over a file. Each part can be killed and started again on its own.
 */
import { mkdirSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import pg from 'pg';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.js';
import { startStandIns, type StandIns } from '../../offline/stand-ins.js';
import { startDevServer } from '../../workers/temporal/dev-server.js';
import { requireFreePorts } from '../../workers/temporal/ports.js';
import type { DevServer } from '../../workers/temporal/server-process.js';
import { temporalBinary } from '../local-server.js';
import { freeTemporalPort } from '../ports.js';
import { startPostgres, type TestPostgres } from '../postgres.js';
import { allGone } from '../processes.js';
import { Ambush } from './ambush.js';
import { startHttpFront, type HttpFront } from './http-front.js';
import { KillLog } from './kill-log.js';
import { startSqlFront } from './sql-front.js';
import { WorkerProcess } from './worker-process.js';

export interface Stage {
  readonly worker: WorkerProcess;
  readonly ambush: Ambush;
  readonly log: KillLog;
  readonly client: Client;
  /** The archive's database, by itself and not through the front. */
  readonly databaseUrl: string;
  readonly db: pg.Pool;
  readonly postgres: TestPostgres;
  readonly standIns: StandIns;
  readonly front: HttpFront;
  /** Folder of the stand-ins: `jobs.jsonl` is what was accepted. */
  readonly standInFolder: string;
  readonly assetFolder: string;
  killTemporal(): Promise<void>;
  restartTemporal(): Promise<void>;
  close(): Promise<void>;
}

/** Long enough for a kill to fall into, short enough for many posts. */
const LATENCY = { openai: { latencyMs: 200 }, image: { latencyMs: 400 }, video: { latencyMs: 800 } };

/** @param say hears of each kill. */
export async function startStage(say: (line: string) => void): Promise<Stage> {
  const data = mkdtempSync(join(tmpdir(), 'copydesk-kill-'));
  const closers: (() => unknown)[] = [() => rmSync(data, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    return { ...(await open(data, say, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  data: string,
  say: (line: string) => void,
  closers: (() => unknown)[],
): Promise<Omit<Stage, 'close'>> {
  const postgres = await startPostgres();
  closers.push(() => postgres.stop());
  const databaseUrl = await postgres.database();
  const db = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  db.on('error', () => undefined);
  closers.push(() => db.end());

  const standInFolder = join(data, 'stand-ins');
  const standIns = await startStandIns({ folder: standInFolder, media: 'plain' });
  standIns.control.set(LATENCY);
  closers.push(() => standIns.close());

  const temporalPort = await freeTemporalPort();
  const startTemporal = (): Promise<DevServer> =>
    startDevServer({
      binary: temporalBinary(),
      dbFile: join(data, 'temporal.db'),
      port: temporalPort,
      uiHost: '127.0.0.1',
      uiPort: temporalPort + 1_000,
      searchAttributes: SEARCH_ATTRIBUTES,
      logFile: join(data, 'temporal.log'),
    });
  let temporal = await startTemporal();
  const orphaned = (): void => void process.kill(temporal.pid, 'SIGKILL');
  process.once('exit', orphaned);
  closers.push(async () => {
    process.off('exit', orphaned);
    await temporal.stop();
  });
  const connection = await Connection.connect({ address: temporal.address });
  closers.push(() => connection.close());

  // The fronts need the ambush, which needs the worker, which needs the fronts' addresses: they are filled in below.
  const environment: NodeJS.ProcessEnv = {};
  const worker = new WorkerProcess(environment, join(data, 'worker.log'));
  closers.push(() => worker.close());
  const log = new KillLog(say);
  const ambush = new Ambush(worker, log);
  const front = await startHttpFront(new URL(standIns.falBaseUrl).origin, ambush);
  closers.push(() => front.close());
  const sqlFront = await startSqlFront(Number(new URL(databaseUrl).port), ambush);
  closers.push(() => sqlFront.close());
  Object.assign(environment, {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    COPYDESK_ENV_FILE: 'none',
    COPYDESK_DATA: data,
    COPYDESK_ADOPT_SECONDS: '5',
    DATABASE_URL: withPort(databaseUrl, sqlFront.port),
    TEMPORAL_ADDRESS: temporal.address,
    OPENAI_BASE_URL: `${front.url}/openai/v1`,
    OPENAI_API_KEY: 'sk-test',
    OPENAI_API: 'responses',
    OPENAI_PRICE: 'table',
    FAL_BASE_URL: `${front.url}/fal`,
    FAL_KEY: 'id:secret',
  });

  const assetFolder = join(data, 'assets');
  mkdirSync(assetFolder);
  const assets = watch(assetFolder, (_event, name) => {
    const cut = name ? ambush.take('file', name) : null;
    if (cut) void ambush.spring(cut, String(name));
  });
  closers.push(() => assets.close());

  return {
    ...{ worker, ambush, log, postgres, databaseUrl, db, standIns, front, standInFolder, assetFolder },
    client: new Client({ connection }),
    async killTemporal() {
      process.kill(temporal.pid, 'SIGKILL');
      await allGone([temporal.pid]);
    },
    async restartTemporal() {
      // A killed server's last threads may hold its ports for a moment longer than its pid says.
      await requireFreePorts(temporalPort, temporalPort + 1_000, 10_000);
      temporal = await startTemporal();
    },
  };
}

function withPort(address: string, port: number): string {
  const url = new URL(address);
  url.port = String(port);
  return url.href;
}
