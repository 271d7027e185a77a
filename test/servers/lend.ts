/**
 * The servers that one run of the tests shares: each is started when the first test asks for it and ended with the run.
 * Vitest calls `setup` once for each of its projects, in the process that the run begins with; tests borrow by HTTP (`borrow.ts`).
 */
import { createServer } from 'node:http';
import type { TestProject } from 'vitest/node';
import { listenOnLoopback, type Loopback } from '../loopback.js';
import { SERVERS, type Server } from './servers.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where servers are lent. */
    lender: string;
  }
}

interface Lender extends Loopback {
  /** The projects that still run. */
  projects: number;
}

/** Each project has this module for itself, and all of them one process. */
const shared = globalThis as { copydeskLender?: Promise<Lender> | undefined };

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const lender = await (shared.copydeskLender ??= open());
  lender.projects += 1;
  project.provide('lender', lender.url);
  return async () => {
    lender.projects -= 1;
    if (lender.projects > 0) return;
    shared.copydeskLender = undefined;
    await lender.close();
  };
}

async function open(): Promise<Lender> {
  const started = new Map<string, Promise<Server>>();
  const start = async (name: string): Promise<Server> => {
    const begin = SERVERS[name];
    if (!begin) throw new Error(`no server is called ${name}`);
    return begin();
  };
  const http = createServer((request, response) => {
    const name = String(request.url).slice(1);
    if (!started.has(name)) started.set(name, start(name));
    started.get(name)!.then(
      ({ address }) => response.end(address),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  const { url, close } = await listenOnLoopback(http);
  return {
    url,
    projects: 0,
    async close() {
      await close();
      const servers = await Promise.allSettled(started.values());
      await Promise.all(servers.flatMap((one) => (one.status === 'fulfilled' ? [one.value.stop()] : [])));
    },
  };
}
