import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The built worker as a process of its own, which can be killed and started again. */
export class WorkerProcess {
  readonly #env: NodeJS.ProcessEnv;
  readonly #log: WriteStream;
  #child: ChildProcess | null = null;
  #words = '';
  #polls = false;
  #dying = false;
  readonly #orphaned = (): void => void this.#child?.kill('SIGKILL');
  /** How it ended without being killed; each is one line with its last words. */
  readonly ownEnds: string[] = [];

  /** @param logFile where everything that it says is appended. */
  constructor(env: NodeJS.ProcessEnv, logFile: string) {
    this.#env = env;
    this.#log = createWriteStream(logFile, { flags: 'a' });
    process.once('exit', this.#orphaned);
  }

  get isReady(): boolean {
    return this.#polls && !this.#dying && this.#child !== null;
  }

  /** Starts it and waits until it polls. @throws Error with its last words when it ends before, or takes over a minute */
  async start(): Promise<void> {
    this.#words = '';
    this.#polls = false;
    this.#dying = false;
    const child = spawn(process.execPath, ['dist/workers/worker.js'], {
      cwd: root,
      env: this.#env,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => reject(new Error(`the worker does not poll: ${this.#words}`)), 60_000);
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        this.#log.write(text);
        this.#words = (this.#words + text).slice(-4_000);
        this.#polls ||= this.#words.includes('worker: polling');
        if (!this.#polls) return;
        clearTimeout(late);
        resolve();
      });
      child.once('exit', (code, signal) => {
        clearTimeout(late);
        if (this.#child === child) this.#child = null;
        if (!this.#dying)
          this.ownEnds.push(`the worker ended with ${signal ?? code}: ${this.#words.slice(-500)}`);
        reject(new Error(`the worker ended with ${signal ?? code}: ${this.#words}`));
      });
    });
  }

  /** Kills it with SIGKILL, at once, and resolves when it is gone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (!child) return;
    this.#dying = true;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.kill();
    process.off('exit', this.#orphaned);
    this.#log.end();
  }
}
