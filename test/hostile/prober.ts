import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { statFields } from '../processes.js';

export type Prober = ReturnType<typeof startProber>;

const PAUSE_MS = 50;
/** No answer in this time is none. */
const PATIENCE_MS = 60_000;

export interface Probe {
  readonly desk: string;
  /** Of the desk's process. */
  readonly pid: number;
  readonly token: string;
  readonly paths: readonly string[];
}

/**
 * Somebody who goes on reading the pages, one after the other, as the signed-in. What hostile input does to them is counted in the
 * time that the program's main thread computes meanwhile: by the clock a machine that does much else looks the same.
 */
export function startProber({ desk, pid, token, paths }: Probe) {
  let [asked, wrong, times]: [number, string[], number[]] = [0, [], []];
  let stopped = false;
  let answers = 0;
  const headers = { Authorization: `Bearer ${token}` };

  async function ask(path: string): Promise<void> {
    const [began, busy] = [performance.now(), mainThreadMs(pid)];
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const look = async (): Promise<string> => {
      const answer = await fetch(`${desk}${path}`, { headers, signal });
      await answer.arrayBuffer();
      return String(answer.status);
    };
    // A connection that was kept open may end just as it is used again, which every browser asks again for.
    const status = await look().catch(look).catch(String);
    answers += 1;
    if (stopped) return;
    asked += 1;
    const [took, computed] = [performance.now() - began, mainThreadMs(pid) - busy];
    times.push(computed < took ? computed : took);
    if (!status.startsWith('2')) wrong.push(`${path}: ${status}`);
  }

  async function goOn(): Promise<void> {
    for (let at = 0; !stopped; at += 1) {
      await ask(paths[at % paths.length]!);
      await sleep(PAUSE_MS);
    }
  }

  const going = goOn();
  return {
    /** What there was since the last time that this was asked; `wrong` is what was no answer of 2xx. */
    report() {
      const slow = times.filter((ms) => ms > 1_000).length;
      const report = { asked, wrong, slowestMs: Math.round(Math.max(0, ...times)), slow };
      [asked, wrong, times] = [0, [], []];
      return report;
    },
    /** Until it has had an answer since the last report. */
    async answered(): Promise<void> {
      while (asked === 0 && !stopped) await sleep(PAUSE_MS);
    },
    /** Until it has had an answer of each page, from one that it asks from now on. */
    async round(): Promise<void> {
      // The first of them may have been asked for before.
      for (const enough = answers + paths.length + 1; answers < enough && !stopped;) await sleep(PAUSE_MS);
    },
    async stop(): Promise<void> {
      stopped = true;
      await going;
    },
  };
}

/** For how long the main thread of a process has computed, in ms: utime and stime, in hundredths; NaN once it has ended. */
function mainThreadMs(pid: number): number {
  const [user, system] = statFields(`${pid}/task/${pid}`)?.slice(11) ?? [];
  return (Number(user) + Number(system)) * 10;
}

/** The most memory that a process has held at once since this was last asked, in MB, from Linux's /proc. */
export function peakMemory(pid: number): number {
  const [, kilobytes = 'NaN'] =
    /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  // Has the kernel count anew.
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return Number(kilobytes) / 1_024;
}
