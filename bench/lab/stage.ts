import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { SEARCH_ATTRIBUTES } from '../../contract/search-attributes.js';
import { freeTemporalPort } from '../../test/ports.js';
import { startDevServer } from '../../workers/temporal/dev-server.js';
import { obtainTemporal } from '../../workers/temporal/obtain.js';
import { startProgram, type Program } from './process.js';

/** How long the providers take, in ms. */
export interface StandInPace {
  readonly plan: number;
  /** Each draft. */
  readonly text: number;
  readonly image: number;
  readonly video: number;
  /** How many jobs of fal run at once; any number when left out. */
  readonly runners?: number;
}

export const AT_ONCE: StandInPace = { plan: 0, text: 0, image: 0, video: 0 };

/** A Temporal server of its own, and room for programs beside it. */
export interface Stage {
  readonly folder: string;
  readonly serverPid: number;
  readonly address: string;
  readonly client: Client;
  /** What a worker of ours is started with. */
  environment(pace: StandInPace): Promise<NodeJS.ProcessEnv>;
  /** A worker of all queues, which ends with the stage. */
  startWorker(environment: NodeJS.ProcessEnv): Promise<Program<unknown>>;
  /** How many heartbeats the server has taken since its start: no history has them. */
  heartbeats(): Promise<number>;
  /** Is closed with the stage, before what was opened earlier. */
  adds(close: () => Promise<unknown>): void;
  close(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  const closers: (() => Promise<unknown>)[] = [
    async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  ];
  const { path: binary } = await obtainTemporal({ env: process.env, say: (line) => console.error(line) });
  const port = await freeTemporalPort();
  const logFile = join(folder, 'temporal.log');
  const server = await startDevServer({
    binary,
    dbFile: join(folder, 'temporal.db'),
    port,
    uiHost: '127.0.0.1',
    uiPort: port + 1_000,
    searchAttributes: SEARCH_ATTRIBUTES,
    logFile,
  });
  closers.push(() => server.stop());
  const connection = await Connection.connect({ address: server.address });
  closers.push(() => connection.close());
  return {
    folder,
    serverPid: server.pid,
    address: server.address,
    client: new Client({ connection }),
    async environment(pace) {
      const options = { folder: mkdtempSync(join(folder, 'stand-ins-')), pace };
      const standIns = await startProgram<{ openAiBaseUrl: string; falBaseUrl: string }>([
        '--import',
        'tsx',
        'bench/lab/stand-ins.child.ts',
        JSON.stringify(options),
      ]);
      closers.push(() => standIns.stop());
      return {
        TEMPORAL_ADDRESS: server.address,
        COPYDESK_DATA: mkdtempSync(join(folder, 'data-')),
        OPENAI_BASE_URL: standIns.ready.openAiBaseUrl,
        OPENAI_API_KEY: 'bench',
        OPENAI_API: 'responses',
        FAL_BASE_URL: standIns.ready.falBaseUrl,
        FAL_KEY: 'bench',
      };
    },
    async startWorker(environment) {
      const worker = await startProgram(['dist/workers/worker.js', '--json'], environment);
      closers.push(() => worker.stop());
      return worker;
    },
    heartbeats: async () => heartbeatsIn(await metricsOf(logFile)),
    adds: (close) => void closers.push(close),
    async close() {
      for (const close of closers.splice(0).toReversed()) await close();
    },
  };
}

/** The dev server says in its first lines where its metrics are. */
async function metricsOf(logFile: string): Promise<string> {
  const address = /http:\/\/[^\s]+\/metrics/.exec(readFileSync(logFile, 'utf8'))?.[0];
  if (!address) throw new Error(`no address of metrics in ${logFile}`);
  return (await fetch(address)).text();
}

const heartbeatsIn = (metrics: string): number =>
  [
    ...metrics.matchAll(
      /^service_requests\{[^}]*operation="RecordActivityTaskHeartbeat"[^}]*service_name="frontend"[^}]*\} (\d+)/gm,
    ),
  ].reduce((sum, [, count]) => sum + Number(count), 0);
