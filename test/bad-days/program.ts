import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** A built program as a process of its own, and all that it says. */
export class Program {
  readonly #child: ChildProcess;
  readonly #orphaned = (): void => void this.#child.kill('SIGKILL');
  #words = '';

  /** @param script below `dist/`, such as `workers/worker.js`. */
  constructor(script: string, env: NodeJS.ProcessEnv, args: readonly string[] = []) {
    this.#child = spawn(process.execPath, [`dist/${script}`, ...args], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const hear = (text: string): void => void (this.#words += text);
    this.#child.stdout?.setEncoding('utf8').on('data', hear);
    this.#child.stderr?.setEncoding('utf8').on('data', hear);
    process.once('exit', this.#orphaned);
  }

  get pid(): number {
    return Number(this.#child.pid);
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get words(): string {
    return this.#words;
  }

  said(pattern: RegExp): string[] {
    return this.#words.split('\n').filter((line) => pattern.test(line));
  }

  /** Waits until it has said so, at least so often. @throws Error with its words when it ends or the time is over */
  async says(pattern: RegExp, { times = 1, withinMs = 60_000 } = {}): Promise<string> {
    for (const end = Date.now() + withinMs; ; await sleep(50)) {
      const line = this.said(pattern)[times - 1];
      if (line !== undefined) return line;
      if (!this.isRunning || Date.now() > end)
        throw new Error(`never said ${pattern} ${times} times:\n${this.#words}`);
    }
  }

  /** Sends the signal and waits for its end, by force after half a minute. Answers the exit code, null when by force. */
  end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    if (this.isRunning) this.#child.kill(signal);
    return this.exited();
  }

  /** Waits for its end, by force after half a minute. Answers the exit code, null when by force. */
  async exited(): Promise<number | null> {
    process.off('exit', this.#orphaned);
    if (!this.isRunning) return this.#child.exitCode;
    const ended = once(this.#child, 'exit');
    const force = setTimeout(() => this.#child.kill('SIGKILL'), 30_000);
    await ended.finally(() => clearTimeout(force));
    return this.#child.exitCode;
  }
}
