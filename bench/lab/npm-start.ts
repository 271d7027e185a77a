import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort, freeTemporalPort } from '../../test/ports.js';
import { readProcesses } from '../../workers/temporal/processes.js';
import { root } from './process.js';

/** `npm start` as a person types it, on ports and a data folder of its own. */
export interface StartedInstall {
  readonly env: NodeJS.ProcessEnv;
  /** @returns once it says that it is ready. */
  start(): Promise<RunningInstall>;
}

export interface RunningInstall {
  /** Of npm, which started all the others. */
  readonly pid: number;
  /** From the command to the line that says so. */
  readonly readyMs: number;
  stop(): Promise<void>;
}

/** @param cwd the checkout that it runs in */
export async function installIn(
  data: string,
  extra: NodeJS.ProcessEnv = {},
  cwd = root,
): Promise<StartedInstall> {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    COPYDESK_ENV_FILE: 'none',
    COPYDESK_DATA: data,
    COPYDESK_PORT: String(await freePort()),
    COPYDESK_TEMPORAL_PORT: String(await freeTemporalPort()),
    ...extra,
  };
  return {
    env,
    async start() {
      const began = performance.now();
      const child = spawn('npm', ['start', '--silent', '--', '--json'], {
        cwd,
        env,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'exit');
      const ready = once(child.stdout!, 'data');
      await Promise.race([ready, ended.then(() => Promise.reject(new Error('npm start ended')))]);
      return {
        pid: Number(child.pid),
        readyMs: performance.now() - began,
        async stop() {
          const { up } = readProcesses(data);
          if (up) process.kill(up.pid, 'SIGINT');
          await ended;
        },
      };
    },
  };
}
