import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('open-and-wait.ts', import.meta.url));

/** A process that plays the all-in-one over a data folder, once its Temporal server is up; `kill` is kill -9. */
export async function startKillable(
  data: string,
  port: number,
): Promise<{ pid: number; serverPid: number; kill: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, data, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const serverPid = Number(await firstLine(child));
  return {
    pid: child.pid ?? 0,
    serverPid,
    kill: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += String(chunk);
    if (text.includes('\n')) return text;
  }
  throw new Error('the process ended before its Temporal server was up');
}
