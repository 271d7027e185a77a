import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './paths.mjs';
import { say } from './run.mjs';

const name = createHash('sha256').update(root).digest('hex').slice(0, 12);
const lockFile = join(tmpdir(), `copydesk-setup-${name}.lock`);

/**
 * Runs `work` while no other process sets up this checkout: an `npm start` and an `npm test` begun together would
 * otherwise delete each other's packages. A lock whose process has died is taken over.
 */
export async function alone(work) {
  let told = false;
  while (!take()) {
    if (!told) say('Another process is setting up this checkout; waiting for it…');
    told = true;
    await sleep(200);
  }
  // `fail` ends the process within `work`, where no `finally` runs.
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function take() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const holder = holderPid();
  if (holder !== null && !isAlive(holder)) release();
  return false;
}

/** Null while the holder has made the file and not yet written its pid, or has just gone. */
function holderPid() {
  try {
    return Number(readFileSync(lockFile, 'utf8')) || null;
  } catch {
    return null;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function release() {
  rmSync(lockFile, { force: true });
}
