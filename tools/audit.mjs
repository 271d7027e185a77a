/**
 * Fails where the registry knows of a high or critical hole in a package that we run with. Where it can't be asked, it says so in
 * one line and lets pass: no answer is no finding, and a mirror of packages often has none.
 */
import { spawnSync } from 'node:child_process';
import { root } from './paths.mjs';
import { fail, say } from './run.mjs';

const DEADLINE_MS = 60_000;
const ASK = [
  'audit',
  '--omit=dev',
  '--audit-level=high',
  '--json',
  '--fetch-retries=0',
  '--fetch-timeout=20000',
];

const { status, stdout } = spawnSync('npm', ASK, {
  cwd: root,
  encoding: 'utf8',
  timeout: DEADLINE_MS,
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
});
const report = parsed(stdout);

if (!report?.metadata?.vulnerabilities) {
  const why = report?.message || report?.error?.summary || 'no answer';
  say(`npm audit could not be asked (${why}); ask where a registry answers it`);
} else if (status !== 0) {
  fail(
    'npm audit names packages with holes that are high or critical; npm audit --omit=dev tells more',
    linesOf(report),
  );
} else {
  say('npm audit knows of no high or critical hole in what is installed to run');
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function linesOf({ vulnerabilities }) {
  return Object.values(vulnerabilities)
    .map(({ name, severity, range }) => `${name} ${range}: ${severity}`)
    .join('\n');
}
