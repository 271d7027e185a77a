import { constants } from 'node:os';

/** What was opened, to be closed in the opposite order, each whether or not another fails. */
export class Closers {
  readonly #closers: { readonly name: string; readonly close: () => unknown }[] = [];

  add(name: string, close: () => unknown): void {
    this.#closers.push({ name, close });
  }

  /** @param failed hears of each that could not be closed. */
  async close(failed: (line: string) => void): Promise<void> {
    // A promise keeps no process alive, and what closes may wait for nothing else, such as the end of a child that was let go.
    const alive = setInterval(() => undefined, 60_000);
    for (let closer = this.#closers.pop(); closer; closer = this.#closers.pop()) {
      try {
        await closer.close();
      } catch (error) {
        failed(
          `${closer.name} could not be closed: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
    }
    clearInterval(alive);
  }
}

/** The stop of this process: asked for by Ctrl-C or SIGTERM, or begun because a part of it can't go on. */
export interface Stop {
  /** Aborted when it begins. */
  readonly signal: AbortSignal;
  /** Resolves when it begins. */
  readonly begun: Promise<void>;
  /** Resolves when it was asked for again, and nothing is to be waited for any more. */
  readonly hurried: Promise<void>;
  begin(): void;
}

/**
 * One wish to stop may arrive several times: a service manager tells every process of a group, and a program that started
 * this one passes the signal on. Only what comes later than this is somebody who does not want to wait.
 */
const SAME_WISH_MS = 1_000;

/** What closes after a hurried stop, such as the Temporal server, gets so long; then the process ends all the same. */
const HURRY_MS = 15_000;

/**
 * Listens for SIGINT, SIGTERM, and SIGHUP of a terminal that is closed. The first begins the stop, the next one hurries it, and one more ends the process
 * at once; a hurried one ends with 128 and the number of the signal.
 *
 * @param now in ms, for tests.
 */
export function listenForStop(source: NodeJS.EventEmitter = process, now = Date.now): Stop {
  const controller = new AbortController();
  const begun = new Promise<void>((resolve) =>
    controller.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  let hurry: () => void = () => undefined;
  let isHurried = false;
  const hurried = new Promise<void>((resolve) => (hurry = resolve));
  let counted: number | null = null;

  const onSignal = (signal: NodeJS.Signals): void => {
    const before = counted;
    if (before !== null && now() - before < SAME_WISH_MS) return;
    counted = now();
    controller.abort();
    if (before === null) return;
    process.exitCode = 128 + constants.signals[signal];
    if (isHurried) process.exit();
    isHurried = true;
    setTimeout(() => process.exit(), HURRY_MS).unref();
    hurry();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) source.on(signal, onSignal);
  return { signal: controller.signal, begun, hurried, begin: () => controller.abort() };
}
