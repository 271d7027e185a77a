/** Set up in every test file: says at its end how much CPU it took, to the file that `COPYDESK_TEST_TIMES` names. */
import { appendFileSync, readFileSync } from 'node:fs';
import { afterAll, expect } from 'vitest';

/** Linux counts a process's times in hundredths of a second, proc(5). */
const TICK_MS = 10;
const TOLD = Symbol.for('copydesk.test-times');
const told = globalThis as { [TOLD]?: number };

/** CPU of this process and of the children that it has waited for, in ms since it began. */
function spentMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 + childrenMs();
}

function childrenMs(): number {
  try {
    // The command stands in brackets and may hold anything; `cutime` and `cstime` are fields 16 and 17.
    const fields = readFileSync('/proc/self/stat', 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return (Number(fields[13]) + Number(fields[14])) * TICK_MS;
  } catch {
    return 0;
  }
}

afterAll(() => {
  const file = process.env.COPYDESK_TEST_TIMES;
  const { testPath } = expect.getState();
  if (!file || !testPath) return;
  const spent = spentMs();
  const cpuMs = spent - (told[TOLD] ?? 0);
  told[TOLD] = spent;
  appendFileSync(file, `${JSON.stringify({ testPath, cpuMs })}\n`);
});
