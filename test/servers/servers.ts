import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright-core';
import { temporalBinary } from '../../workers/temporal/testing/install.js';
import { freePort } from '../ports.js';
import { openArchive } from '../../services/archive/archive.js';
import { ARCHIVE_TEMPLATE, createDatabase, startPostgres } from '../postgres.js';

/** A server that a whole run of the tests shares. */
export interface Server {
  /** By which a test reaches it. */
  readonly address: string;
  stop(): Promise<void>;
}

/** Chromium without its sandbox, since tests run as root in containers, and with nothing asked of the internet. */
const CHROMIUM = {
  executablePath: process.env.COPYDESK_TEST_CHROMIUM || '/usr/bin/chromium',
  args: [
    ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
  ],
};

/** What can be borrowed, and how each is started. */
export const SERVERS: Readonly<Record<string, () => Promise<Server>>> = {
  temporal: startTemporal,
  postgres: startPostgresWithTemplate,
  chromium: async () => {
    const browser = await chromium.launchServer(CHROMIUM);
    return { address: browser.wsEndpoint(), stop: () => browser.close() };
  },
};

/** With a database that has the archive's schema, of which each borrower gets a copy: an archive of its own costs next to nothing. */
async function startPostgresWithTemplate(): Promise<Server> {
  const { address, stop } = await startPostgres();
  const template = await createDatabase(address('postgres'), { name: ARCHIVE_TEMPLATE });
  const archive = await openArchive({ databaseUrl: template, folder: '' });
  await archive.migrate().finally(() => archive.close());
  return { address: address('postgres'), stop };
}

/** A dev server in memory, in which each borrower makes a namespace for itself. */
async function startTemporal(): Promise<Server> {
  const port = await freePort();
  const args = ['server', 'start-dev', '--headless', '--port', String(port), '--log-level', 'error'];
  const child = spawn(await temporalBinary(), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const killed = (): void => void child.kill();
  process.once('exit', killed);
  for await (const line of createInterface({ input: child.stdout })) if (line.startsWith('Server:')) break;
  if (child.exitCode !== null)
    throw new Error(`the Temporal server of the tests ended with ${child.exitCode}`);
  child.stdout.resume();
  return {
    address: `127.0.0.1:${port}`,
    async stop() {
      process.off('exit', killed);
      child.kill();
      await ended;
    },
  };
}
