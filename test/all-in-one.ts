import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { inProcess } from '../command/testing/in-process.js';
import type { BatchStatus } from '../contract/status.js';
import { readProcesses, type Processes } from '../workers/temporal/processes.js';
import { stopServer } from '../workers/temporal/server-process.js';
import { temporalBinary } from '../workers/temporal/testing/install.js';
import { freeTemporalPort } from './ports.js';

/** What `up --json` prints once it is ready. */
export interface Ready {
  readonly desk: string;
  readonly temporal: string;
  readonly temporalUi: string;
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const checkout = fileURLToPath(new URL('..', import.meta.url));
const PATIENCE_MS = 90_000;

/**
 * An install as a user has it: the built all-in-one, the built command and the Temporal CLI, each a process of its own,
 * over one data folder and free ports. It has none of this shell's keys.
 */
export class AllInOne {
  readonly #folder = mkdtempSync(join(tmpdir(), 'copydesk-up-test-'));
  readonly #children = new Set<Child>();
  #env: Record<string, string> = {};
  #up: Child | null = null;
  #said = '';
  readonly #root: string;

  /** @param root of the package that is run: the checkout, or one that was installed */
  constructor(root: string = checkout) {
    this.#root = root;
  }

  #built(file: string): string {
    return join(this.#root, 'dist', file);
  }

  get data(): string {
    return join(this.#folder, 'data');
  }

  /**
   * Starts the all-in-one, or starts it again; resolves when it is ready.
   *
   * @param settings more variables of its environment; those of the first start stay
   * @throws Error with its last words when it ends before
   */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<Ready> {
    if (this.#up === null) await this.#settle(settings);
    const up = this.#spawn(process.execPath, [this.#built('workers/up.js'), '--json']);
    this.#up = up;
    up.stderr.setEncoding('utf8').on('data', (text: string) => (this.#said += text));
    for await (const line of createInterface({ input: up.stdout })) return JSON.parse(line) as Ready;
    throw new Error(`the all-in-one ended before it was ready:\n${this.#said}`);
  }

  /** All that the all-in-one has written to stderr. */
  get said(): string {
    return this.#said;
  }

  /** What `npm start` runs, while it runs. */
  get pid(): number {
    if (!this.#up?.pid) throw new Error('the all-in-one was not started');
    return this.#up.pid;
  }

  /** Chooses the folders and ports, once. */
  async #settle(settings: Readonly<Record<string, string>>): Promise<void> {
    const bin = join(this.#folder, 'bin');
    mkdirSync(bin);
    symlinkSync(await temporalBinary(), join(bin, 'temporal'));
    const [temporalPort, port] = [await freeTemporalPort(), await freeTemporalPort()];
    const { PATH = '', HOME = '' } = process.env;
    this.#env = {
      PATH: `${bin}${delimiter}${PATH}`,
      HOME,
      COPYDESK_ENV_FILE: 'none',
      COPYDESK_DATA: this.data,
      COPYDESK_PORT: String(port),
      COPYDESK_TEMPORAL_PORT: String(temporalPort),
      ...settings,
    };
  }

  /** SIGKILL, and started again as it was. */
  async restart(): Promise<Ready> {
    if (this.#up) await end(this.#up, 'SIGKILL');
    return this.start();
  }

  /** Runs the command to its end. */
  command(...args: string[]): Promise<Ended> {
    return this.#run(process.execPath, [this.#built('command/copydesk.js'), ...args]);
  }

  /**
   * Runs the command with `--json`, which must succeed, and answers its document. It runs within this process where the checkout is what
   * is looked at: to start one for every look would take more CPU than all else.
   */
  async json<T>(...args: string[]): Promise<T> {
    const words = [...args, '--json'];
    const run = this.#root === checkout ? inProcess(words, this.#env) : this.command(...words);
    const { code, stdout, stderr } = await run;
    if (code !== 0) throw new Error(`copydesk ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
    return JSON.parse(stdout) as T;
  }

  /**
   * The same, over and over until the document is as told; fails with the last one after a minute and a half. A question that gets no
   * answer, from a worker that has just been killed, is asked again.
   */
  async jsonUntil<T>(args: string[], wanted: (document: T) => boolean): Promise<T> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const answer = await this.json<T>(...args).then(
        (document) => ({ document }),
        (error: Error) => ({ failed: error.message }),
      );
      if ('document' in answer && wanted(answer.document)) return answer.document;
      if (performance.now() > end) throw new Error(`not reached; the last: ${JSON.stringify(answer)}`);
      await sleep(200);
    }
  }

  /** The batch that an install begins with, once it has stopped for a person or ended. */
  async firstBatch(): Promise<BatchStatus> {
    const { batches } = await this.jsonUntil<{ batches: { id: string }[] }>(
      ['batch', 'list'],
      (list) => list.batches.length === 1,
    );
    return this.json('batch', 'status', String(batches[0]?.id), '--watch');
  }

  /** Runs a program of somebody's own beside it, in a folder of its own, to its end. */
  program(args: string[], cwd: string): Promise<Ended> {
    return this.#run(process.execPath, args, cwd);
  }

  /** Runs the official Temporal CLI to its end. */
  temporal(...args: string[]): Promise<Ended> {
    return this.#run('temporal', args);
  }

  /** What the all-in-one has written down as running. */
  processes(): Processes {
    return readProcesses(this.data);
  }

  /** Ctrl-C: answers the exit code. */
  async interrupt(): Promise<number | null> {
    if (!this.#up) throw new Error('the all-in-one was not started');
    return end(this.#up, 'SIGINT');
  }

  /** kill -9 of the all-in-one; its Temporal server lives on. */
  async kill(): Promise<void> {
    if (!this.#up) throw new Error('the all-in-one was not started');
    await end(this.#up, 'SIGKILL');
  }

  /** Ends whatever still runs and removes the folder. */
  async close(): Promise<void> {
    const { temporal } = this.processes();
    const ended = [...this.#children].map(async (child) => {
      await Promise.race([end(child, 'SIGTERM'), sleep(15_000, undefined, { ref: false })]);
      if (isRunning(child)) await end(child, 'SIGKILL');
    });
    await Promise.all(ended);
    if (temporal) await stopServer(temporal.pid, temporal.dbFile);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #run(command: string, args: string[], cwd?: string): Promise<Ended> {
    const child = this.#spawn(command, args, cwd);
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, stdout, stderr };
  }

  #spawn(command: string, args: string[], cwd: string = this.#root): Child {
    const child = spawn(command, args, { cwd, env: this.#env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.add(child);
    child.once('exit', () => this.#children.delete(child));
    return child;
  }
}

const isRunning = (child: Child): boolean => child.exitCode === null && child.signalCode === null;

async function end(child: Child, signal: NodeJS.Signals): Promise<number | null> {
  if (!isRunning(child)) return child.exitCode;
  const exited = once(child, 'exit') as Promise<[number | null]>;
  child.kill(signal);
  return (await exited)[0];
}
