import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { ensureChromium, ensurePostgres } from './programs.mjs';
import { obtainSchemathesis } from './schemathesis/obtain.mjs';
import { setUp } from './setup.mjs';
import { tally } from './tally.mjs';
import { ensureTemporal } from './temporal-server.mjs';
import { CPU_FILE } from './test-times/reporter.mjs';
import { obtainTimeSkipping } from './time-skipping/obtain.mjs';

const CAMPAIGNS = '--campaigns';
const given = process.argv.slice(2);
const args = given.filter((arg) => arg !== CAMPAIGNS);
await setUp();

const env = {
  ...withoutOwnSettings(process.env),
  // Nor those of this checkout's .env; a test that starts a program in an environment of its own says so itself.
  COPYDESK_ENV_FILE: 'none',
  COPYDESK_TEST_TEMPORAL: await ensureTemporal(),
  COPYDESK_TEST_CHROMIUM: ensureChromium(),
  COPYDESK_TEST_POSTGRES: ensurePostgres(),
  COPYDESK_TEST_TIME_SKIPPING: obtainTimeSkipping(),
  COPYDESK_TEST_SCHEMATHESIS: obtainSchemathesis(),
  COPYDESK_TEST_TIMES: CPU_FILE,
};
const folder = mkdtempSync(join(tmpdir(), 'copydesk-test-'));
const reportFile = join(folder, 'report.json');
const exitCode = await vitest(
  [
    'run',
    ...['default', 'json', './tools/test-times/reporter.mjs'].map((name) => `--reporter=${name}`),
    `--outputFile.json=${reportFile}`,
    ...projects(),
    ...args,
  ],
  env,
);
const report = readReport(reportFile);
rmSync(folder, { recursive: true, force: true });

const filtered = args.some((arg) => /^(-t|--testNamePattern)(=|$)/.test(arg));
const { passed, failed, notes } = tally(report, { exitCode, filtered });
for (const note of notes) process.stdout.write(`${note}\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed > 0 ? 1 : 0;

/** Words pick files wherever they are; without one, the campaigns run by themselves and only when asked for. */
function projects() {
  if (given.includes(CAMPAIGNS)) return ['--project=campaigns'];
  return args.some((arg) => !arg.startsWith('-')) ? [] : ['--project=!campaigns'];
}

/** A test must neither spend the keys nor touch the servers that this shell is set up for. */
function withoutOwnSettings(environment) {
  const own = /^(COPYDESK|OPENAI|FAL|TEMPORAL|ASSETS|AWS|BLUESKY)_|^DATABASE_URL$|^PG[A-Z]+$/;
  // How long the long ones are, and from which seed.
  const ofTests = /^COPYDESK_(TEST|LEDGER|KILL|KILLS|OUTAGE)(_|$)/;
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => ofTests.test(name) || !own.test(name)),
  );
}

function vitest(args, env) {
  const run = spawn(process.execPath, [join('node_modules', 'vitest', 'vitest.mjs'), ...args], {
    cwd: root,
    env,
    stdio: 'inherit',
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => run.kill(signal));
  return new Promise((resolve) => {
    run.once('exit', (code) => resolve(code ?? 1));
  });
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
