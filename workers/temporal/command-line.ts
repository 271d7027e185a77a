import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * The command line of a living process, its arguments separated by spaces; null when there is no such process. A process
 * that has ended and is only not yet reaped by its parent counts as gone.
 */
export function commandOf(pid: number): string | null {
  const command = process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
  return command?.trim() || null;
}

function fromProc(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return null;
  }
}

function fromPs(pid: number): string | null {
  try {
    const shown = execFileSync('ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [, state = 'Z', command = ''] = /^\s*(\S+)\s+(.*)/.exec(shown) ?? [];
    return state.startsWith('Z') ? null : command;
  } catch {
    return null;
  }
}
