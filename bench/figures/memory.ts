/** Figure 11: what everything that `npm start` runs holds after a first batch of 5. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectCopydesk } from '../../client/client.js';
import { readSettings } from '../../contract/settings.js';
import { freePort, freeTemporalPort } from '../../test/ports.js';
import { treeOf } from '../../test/processes.js';
import { readProcesses } from '../../workers/temporal/processes.js';
import type { Figure } from '../lab/figures.js';
import { root, rssMb } from '../lab/process.js';

const IDLE_MS = 20_000;
const ORDER = [
  ...['dist/client/copydesk.js', 'batch', 'start', '--account', 'ashtalksai'],
  ...['--planner', 'foundation_models_and_inference_economics', '--mix', 'hero_text=4,video=1'],
];

interface Held {
  readonly all: number;
  readonly parts: string;
}

export async function memory(): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  try {
    const ports = { port: await freePort(), temporal: await freeTemporalPort() };
    // The first start makes a batch by itself; the second finds it and makes another.
    const first = await heldBy(data, ports, 1);
    const second = await heldBy(data, ports, 2);
    const figure = (what: string, { all, parts }: Held): Figure => ({
      figure: '11',
      what: `memory of npm start after a batch of 5, ${what} start, MB`,
      measured: `${all.toFixed(0)}: ${parts}`,
      floor: '',
      reach: '≤ 700',
    });
    return [figure('first', first), figure('second', second)];
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function heldBy(
  data: string,
  ports: { port: number; temporal: number },
  batches: number,
): Promise<Held> {
  const env = {
    ...{ PATH: process.env.PATH, HOME: process.env.HOME, COPYDESK_ENV_FILE: 'none' },
    ...{ COPYDESK_DATA: data, COPYDESK_PORT: String(ports.port) },
    COPYDESK_TEMPORAL_PORT: String(ports.temporal),
  };
  const child = spawn('npm', ['start', '--silent', '--', '--json'], {
    ...{ cwd: root, env, stdio: ['ignore', 'pipe', 'ignore'] },
  });
  const ended = once(child, 'exit');
  try {
    await once(child.stdout!, 'data');
    const settings = readSettings(env);
    const copydesk = await connectCopydesk({ settings, env });
    try {
      if (batches > 1) execFileSync(process.execPath, ORDER, { cwd: root, env });
      for (;;) {
        const { batches: listed } = await copydesk.listBatches();
        if (listed.length === batches && listed.every(({ counts }) => counts.awaiting_approval === 5)) break;
        await sleep(500);
      }
    } finally {
      await copydesk.close();
    }
    await sleep(IDLE_MS);
    // The server is a child of ours too, unless it was left over.
    const parts = treeOf(Number(child.pid)).map(rssMb);
    const shown = parts.toSorted((a, b) => b - a).map((mb) => mb.toFixed(0));
    return { all: parts.reduce((sum, mb) => sum + mb, 0), parts: shown.join(' + ') };
  } finally {
    const { up } = readProcesses(data);
    if (up) process.kill(up.pid, 'SIGINT');
    await ended;
  }
}
