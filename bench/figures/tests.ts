/** Figure 15: how long `npm test` takes with a warm cache. */
import { spawnSync } from 'node:child_process';
import type { Figure } from '../lab/print.js';
import { root } from '../lab/process.js';

export async function tests(): Promise<Figure[]> {
  const began = performance.now();
  const { stdout } = spawnSync('npm', ['test', '--silent'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seconds = (performance.now() - began) / 1_000;
  const tally = stdout.trimEnd().split('\n').at(-1) ?? '';
  return [
    {
      figure: '15',
      what: 'npm test, s',
      measured: `${seconds.toFixed(0)}: ${tally}`,
      reach: '≤ 360',
    },
  ];
}
