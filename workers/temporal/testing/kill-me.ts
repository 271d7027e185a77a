import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('open-and-wait.ts', import.meta.url));

/** A process that plays the all-in-one over a data folder, once its Temporal server is up; `kill` is kill -9. */
export async function startKillable(data: string, port: number) {
  const child = spawn(process.execPath, ['--import', 'tsx', script, data, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([once(createInterface(child.stdout), 'line'), exited]);
  if (child.exitCode !== null) throw new Error('the process ended before its Temporal server was up');
  return {
    pid: child.pid ?? 0,
    serverPid: Number(line),
    async kill(): Promise<void> {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
