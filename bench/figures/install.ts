/** Figure 13: what a production install takes. */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../lab/print.js';
import { root } from '../lab/process.js';

export async function install(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-bench-'));
  try {
    for (const name of ['package.json', 'package-lock.json', 'tools'])
      cpSync(join(root, name), join(folder, name), {
        recursive: true,
        filter: (from) => !from.includes('node_modules'),
      });
    execFileSync('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund', '--silent'], { cwd: folder });
    const modules = join(folder, 'node_modules');
    const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8')) as {
      packages: object;
    };
    const kb = Number(execFileSync('du', ['-sk', modules], { encoding: 'utf8' }).split('\t')[0]);
    return [
      {
        figure: '13',
        what: 'packages in production; node_modules without dev',
        measured: `${Object.keys(packages).length}; ${(kb / 1_024).toFixed(0)} MB`,
        reach: '≤ 280; ≤ 350 MB',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
