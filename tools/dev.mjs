import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeBundle } from './build-bundle.mjs';
import { rooms } from './fingerprint.mjs';
import { root } from './paths.mjs';
import { say } from './run.mjs';
import { setUp } from './setup.mjs';

// Everything that `npm start` runs, started again whenever a source changes: `npm run dev`. Its Temporal server stays, and so does
// what is running on it. Types are not checked: an editor or `npm run types` does that.

/** Editors write a file in several steps. */
const SETTLES_MS = 60;
const inBundle = /^(contract|workflows)\//;

await setUp();
const { default: ts } = await import('typescript');
const compilerOptions = {
  ...ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.build.json'), {}, ts.sys).options,
  // A file by itself does not know that its package is of modules.
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  sourceMap: false,
};
const server = await startServer();
let program = await start();
const changed = new Set();
let restarting = null;

for (const room of rooms)
  watch(join(root, room), { recursive: true }, (_, name) => {
    if (!name || /\.test\.tsx?$|~$|\.sw.$/.test(name)) return;
    changed.add(`${room}/${name.replaceAll('\\', '/')}`);
    restarting ??= restart();
  });
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, async () => {
    await stop(program, signal);
    await server.stop();
    process.exit(0);
  });

/** The dev server of `npm start`, over the same database. */
async function startServer() {
  const [{ obtainTemporal }, { startDevServer }, { readSettings }, { loadEnvFile }, { SEARCH_ATTRIBUTES }] =
    await Promise.all(
      ['workers/temporal/obtain', 'workers/temporal/dev-server', 'config/settings', 'config/env-file']
        .concat('contract/search-attributes')
        .map((file) => import(`../dist/${file}.js`)),
    );
  const { temporalPort: port, data } = readSettings(loadEnvFile(process.env));
  const { path: binary } = await obtainTemporal({ env: process.env, say });
  return startDevServer({
    binary,
    port,
    uiHost: '127.0.0.1',
    uiPort: port + 1_000,
    searchAttributes: SEARCH_ATTRIBUTES,
    dbFile: join(data, 'temporal.db'),
    logFile: join(data, 'temporal.log'),
  });
}

/** @returns once it says that it is ready, or has ended: a mistake in a source is mended by the next change */
async function start() {
  const env = { COPYDESK_GRACE: '0', ...process.env, TEMPORAL_ADDRESS: server.address };
  const child = spawn(process.execPath, [join(root, 'dist', 'workers', 'up.js'), '--json'], {
    cwd: root,
    env,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  await Promise.race([once(lines, 'line'), once(child, 'exit')]);
  return child;
}

async function stop(child, signal) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}

async function restart() {
  while (changed.size > 0) {
    await new Promise((resolve) => setTimeout(resolve, SETTLES_MS));
    const began = performance.now();
    const files = [...changed];
    changed.clear();
    files.forEach(compile);
    // Until the next build, help is made when it is asked for.
    rmSync(join(root, 'dist', 'command', 'help.json'), { force: true });
    const bundled = files.some((file) => inBundle.test(file)) ? writeBundle() : null;
    await stop(program, 'SIGTERM');
    await bundled?.catch((error) => say(error.message));
    program = await start();
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);
    say(`Started again after ${seconds} s: ${files.join(', ')} changed.`);
  }
  restarting = null;
}

/** One file, without a look at any other. */
function compile(file) {
  const [source, target] = [join(root, file), join(root, 'dist', file.replace(/\.tsx?$/, '.js'))];
  if (!existsSync(source)) return rmSync(target, { force: true });
  mkdirSync(dirname(target), { recursive: true });
  if (!/\.tsx?$/.test(file)) return copyFileSync(source, target);
  const { outputText } = ts.transpileModule(readFileSync(source, 'utf8'), {
    fileName: file,
    compilerOptions,
  });
  writeFileSync(target, outputText);
}
