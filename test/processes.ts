/** Processes that the tests start, and all that those started, by pid. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** The living descendants of a process, itself included, from Linux's /proc. */
export function treeOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const parent = parentOf(Number(entry));
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
  }
  const tree: number[] = [];
  for (const next = [pid]; next.length > 0;) {
    const one = next.pop() as number;
    tree.push(one);
    next.push(...(children.get(one) ?? []));
  }
  return tree;
}

function parentOf(pid: number): number | null {
  try {
    // The command stands in brackets and may hold anything; the fields come after the last one.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[1]);
  } catch {
    return null;
  }
}

export function isAlive(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .startsWith('Z');
  } catch {
    return false;
  }
}

export function killAll(pids: readonly number[]): void {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
  }
}

/** @throws Error naming the pids that are still there after half a minute */
export async function allGone(pids: readonly number[]): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (!pids.some(isAlive)) return;
    await sleep(100);
  }
  throw new Error(`still alive: ${pids.filter(isAlive).join(', ')}`);
}
