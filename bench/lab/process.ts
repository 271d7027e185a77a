import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Of Linux: `getconf CLK_TCK` is 100 on every machine that we know. */
const TICKS_PER_SECOND = 100;

/** Ms of CPU that a process has used, its threads included. */
export function cpuMs(pid: number): number {
  const fields = afterName(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  return ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}

/** MB that a process has in memory. */
export function rssMb(pid: number): number {
  const [, kb] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kb ?? 0) / 1_024;
}

/** The fields of `stat` from the state on: the name before them may hold spaces and brackets. */
const afterName = (stat: string): string[] => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** A program of ours that says on stdout that it is ready, in one line of JSON. */
export interface Program<Ready> {
  readonly pid: number;
  readonly ready: Ready;
  /** Ends it and waits for its end. */
  stop(): Promise<void>;
}

const SILENCE_MS = 300_000;

/** @throws Error with its last words when it ends before it is ready, or says nothing for five minutes */
export async function startProgram<Ready>(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Program<Ready>> {
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH, HOME, COPYDESK_ENV_FILE: 'none', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  const ready = (await firstLine(child, args.join(' '))) as Ready;
  return {
    pid: Number(child.pid),
    ready,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
      await ended;
      clearTimeout(late);
    },
  };
}

async function firstLine(child: ChildProcess, what: string): Promise<unknown> {
  let [said, words] = ['', ''];
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-2_000)));
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${what} is not ready: ${words}`)), SILENCE_MS);
    child.once('exit', (code) => reject(new Error(`${what} ended with ${code}: ${words}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const end = said.indexOf('\n');
      if (end < 0) return;
      clearTimeout(late);
      resolve(JSON.parse(said.slice(0, end)));
      said = '';
    });
  });
}
