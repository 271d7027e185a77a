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

/**
 * What Linux tells of a process, or of a thread of it (`1/task/1`): the fields of its `stat` from the state on, proc_pid_stat(5).
 *
 * @returns null once it has ended
 */
export function statFields(process: number | string): string[] | null {
  try {
    // The command stands in brackets and may hold anything; the fields come after the last one.
    return readFileSync(`/proc/${process}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return null;
  }
}

function parentOf(pid: number): number | null {
  const fields = statFields(pid);
  return fields && Number(fields[1]);
}

export function isAlive(pid: number): boolean {
  const fields = statFields(pid);
  return fields !== null && fields[0] !== 'Z';
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
