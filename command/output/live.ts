import type { BatchStatus } from '../../contract/status.js';
import { shown } from '../../contract/shown.js';
import { bars, progressLine } from './bars.js';
import { colorsFor } from './output.js';

/** Progress of a batch on stderr: bars that redraw on a terminal, now and then a line elsewhere. */
export interface Live {
  show(status: BatchStatus): void;
  /** What keeps it from going on at the moment. */
  warn(line: string): void;
  /** Leaves the last picture standing. */
  done(): void;
}

const LINE_EVERY_MS = 5_000;

/** @param now ms of a clock that does not jump, for the pace of the plain lines */
export async function createLive(stderr: NodeJS.WriteStream, now: () => number): Promise<Live> {
  return stderr.isTTY ? redrawing(stderr) : plainLines(stderr, now);
}

async function redrawing(stderr: NodeJS.WriteStream): Promise<Live> {
  const { createLogUpdate } = await import('log-update');
  const update = createLogUpdate(stderr, { showCursor: true });
  const colors = colorsFor(stderr);
  let picture = '';
  return {
    show(status) {
      picture = bars(status, stderr.columns ?? 80, colors);
      update(picture);
    },
    warn(line) {
      update(`${picture}\n${colors.yellow(shown(line))}`);
    },
    done: () => update.done(),
  };
}

/** A line for each change, at most one in 5 seconds. */
export function plainLines(stderr: Pick<NodeJS.WriteStream, 'write'>, now: () => number): Live {
  let last = '';
  let at = -Infinity;
  const write = (line: string): void => {
    if (line === last || now() - at < LINE_EVERY_MS) return;
    last = line;
    at = now();
    stderr.write(`${shown(line)}\n`);
  };
  return { show: (status) => write(progressLine(status)), warn: write, done: () => {} };
}
