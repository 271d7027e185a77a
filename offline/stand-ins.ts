import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { controlApp, controlOf, type Control } from './control.js';
import { type Env, FaultBook, type Fault } from './faults.js';
import { falApp } from './fal/app.js';
import { Files } from './fal/files.js';
import { Jobs } from './fal/jobs.js';
import { drawnByThread, drawnPlainly } from './fal/drawing.js';
import { Studio } from './fal/studio.js';
import { Pace } from './latency.js';
import { BillingLedger, type LedgerEntry } from './ledger.js';
import { openAiApp } from './openai/app.js';
import { Terms } from './fal/parts.js';

export type { Control } from './control.js';
export type { Fault, FaultKind, FaultPoint } from './faults.js';
export type { Latency } from './latency.js';
export type { LedgerEntry } from './ledger.js';

export interface StandInsOptions {
  /** Where jobs, files and the ledger are kept; made when missing. One process at a time. */
  readonly folder: string;
  /** `127.0.0.1` when left out. */
  readonly host?: string;
  /** A free one when left out. */
  readonly port?: number;
  /** Armed from the start. */
  readonly faults?: readonly Fault[];
  /** `drawn` when left out: abstract pictures and clips of them. `plain` saves the drawing, for runs that measure something else. */
  readonly media?: 'drawn' | 'plain';
}

export interface StandIns {
  /** For `OPENAI_BASE_URL`; any API key will do. */
  readonly openAiBaseUrl: string;
  /** For `FAL_BASE_URL`; any key will do. */
  readonly falBaseUrl: string;
  /** Where `control` is offered over HTTP; the README lists its paths. */
  readonly controlUrl: string;
  readonly control: Control;
  /** What was "billed", oldest first, since the folder was made. */
  ledger(): Promise<LedgerEntry[]>;
  /** Stops listening and breaks open connections. Jobs that were accepted go on when the folder is served again. */
  close(): Promise<void>;
}

/**
 * Starts the stand-ins of OpenAI and fal: one HTTP server that speaks as much of both APIs as Copydesk uses. What they
 * write and draw is a sample, and what they "bill" is nobody's money.
 *
 * @throws Error when the address can't be listened on
 */
export async function startStandIns(options: StandInsOptions): Promise<StandIns> {
  const { folder, host = '127.0.0.1', port = 0 } = options;
  mkdirSync(folder, { recursive: true });
  const ledger = new BillingLedger(folder);
  const jobs = new Jobs(folder);
  const files = new Files(folder);
  const studio = new Studio(files, jobs, options.media === 'plain' ? drawnPlainly() : drawnByThread());
  const faults = new FaultBook();
  const pace = new Pace();
  const terms = new Terms();
  for (const fault of options.faults ?? []) faults.add(fault);
  const control = controlOf({ faults, pace, terms, jobs, ledger });

  const app = new Hono<Env>();
  app.route('/openai/v1', openAiApp({ ledger, faults, pace }));
  app.route('/fal', falApp({ jobs, files, studio, ledger, faults, pace, terms }));
  app.route('/control', controlApp(control, ledger));

  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new Error(
          `the offline stand-ins can't listen on ${host}:${port} (${error.code}); choose another port`,
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const at = `http://${host}:${(server.address() as AddressInfo).port}`;

  return {
    openAiBaseUrl: `${at}/openai/v1`,
    falBaseUrl: `${at}/fal`,
    controlUrl: `${at}/control`,
    control,
    ledger: () => Promise.resolve(ledger.entries()),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
      await studio.close();
    },
  };
}
