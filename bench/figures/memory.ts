/** Figure 11: what everything that `npm start` runs holds after a first batch of 5. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Copydesk } from '../../client/copydesk.js';
import { readSettings } from '../../config/settings.js';
import { treeOf } from '../../test/processes.js';
import type { Figure } from '../lab/print.js';
import { installIn, type StartedInstall } from '../lab/npm-start.js';
import { root, rssMb } from '../lab/process.js';

const IDLE_MS = 20_000;
const ORDER = [
  ...['dist/command/copydesk.js', 'batch', 'start', '--account', 'ashtalksai'],
  ...['--planner', 'foundation_models_and_inference_economics', '--mix', 'hero_text=4,video=1'],
];

interface Held {
  readonly all: number;
  readonly parts: string;
}

export async function memory(): Promise<Figure[]> {
  const data = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  try {
    const install = await installIn(data);
    // The first start makes a batch by itself; the second finds it and makes another.
    const first = await heldBy(install, 1);
    const second = await heldBy(install, 2);
    const figure = (what: string, { all, parts }: Held): Figure => ({
      figure: '11',
      what: `memory of npm start after a batch of 5, ${what} start, MB`,
      measured: `${all.toFixed(0)}: ${parts}`,
      reach: '≤ 700',
    });
    return [figure('first', first), figure('second', second)];
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function heldBy({ env, start }: StartedInstall, batches: number): Promise<Held> {
  const running = await start();
  try {
    const copydesk = await Copydesk.connect({ settings: readSettings(env), env });
    try {
      if (batches > 1) execFileSync(process.execPath, ORDER, { cwd: root, env });
      for (;;) {
        const { batches: listed } = await copydesk.batches.list();
        if (listed.length === batches && listed.every(({ counts }) => counts.awaiting_approval === 5)) break;
        await sleep(500);
      }
    } finally {
      await copydesk.close();
    }
    await sleep(IDLE_MS);
    // The server is a child of ours too, unless it was left over.
    const parts = treeOf(running.pid).map(rssMb);
    const shown = parts.toSorted((a, b) => b - a).map((mb) => mb.toFixed(0));
    return { all: parts.reduce((sum, mb) => sum + mb, 0), parts: shown.join(' + ') };
  } finally {
    await running.stop();
  }
}
