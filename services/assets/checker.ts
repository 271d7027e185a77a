import { Worker } from 'node:worker_threads';
import { AssetRefused } from './assets.js';

/** A busy machine takes seconds to start a thread. */
const START_MS = 30_000;

export type FileKind = 'picture' | 'clip';

export interface CheckJob {
  readonly kind: FileKind;
  readonly path: string;
  /** What the file is to say of itself; null to add nothing. */
  readonly xmp: string | null;
}

/** What the thread says: first that it is ready, then one answer for each job. `failed` is no fault of the file's. */
export type CheckAnswer =
  | 'ready'
  | { readonly fit: string }
  | { readonly refused: string; readonly final: boolean }
  | { readonly failed: string; readonly code: string | undefined };

interface CheckerOptions {
  /** How long one file may take, in ms; 30 s when left out. */
  readonly deadlineMs?: number;
  /** How long the thread is kept without work, in ms; 30 s when left out. */
  readonly idleMs?: number;
  /** What one file may take of the thread's heap, in MB; 256 when left out. */
  readonly heapMb?: number;
}

/**
 * Parses files from outside in a thread of its own, one at a time. A file that keeps it busy over the deadline, or fills its
 * memory, loses the thread and is refused; the next file gets another. The thread ends when there is nothing to do.
 */
export class FileChecker {
  readonly #deadlineMs: number;
  readonly #idleMs: number;
  readonly #heapMb: number;
  #thread: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor({ deadlineMs = 30_000, idleMs = 30_000, heapMb = 256 }: CheckerOptions = {}) {
    this.#deadlineMs = deadlineMs;
    this.#idleMs = idleMs;
    this.#heapMb = heapMb;
  }

  /**
   * Checks a file when it is its turn. `begin` is called just before and says where the file is.
   *
   * @param xmp what the file is to say of itself; nothing is added when left out
   * @returns where the file is that is fit to be kept: a picture's is a PNG
   * @throws AssetRefused. Error of the file system, with its code
   */
  check(kind: FileKind, begin: () => Promise<string>, xmp: string | null = null): Promise<string> {
    const turn = this.#last.then(() => this.#checkNow(kind, begin, xmp));
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  async #checkNow(kind: FileKind, begin: () => Promise<string>, xmp: string | null): Promise<string> {
    clearTimeout(this.#idle);
    const thread = await this.#ready();
    thread.ref();
    try {
      const path = await begin();
      const answered = this.#answerOf(
        thread,
        this.#deadlineMs,
        (why) => new AssetRefused(`the ${kind} can't be checked: ${why}`, { final: true }),
      );
      thread.postMessage({ kind, path, xmp } satisfies CheckJob);
      return fitOrThrow(await answered);
    } finally {
      thread.unref();
      this.#idle = setTimeout(() => this.#end(thread), this.#idleMs).unref();
    }
  }

  async #ready(): Promise<Worker> {
    if (this.#thread) return this.#thread;
    const thread = startCheckThread(this.#heapMb);
    this.#thread = thread;
    const forget = (): void => {
      if (this.#thread === thread) this.#thread = null;
    };
    thread.on('error', forget).on('exit', forget);
    // It says nothing of any file when there is no thread.
    await this.#answerOf(
      thread,
      START_MS,
      (why) => new Error(`the thread that checks files did not start: ${why}`),
    );
    return thread;
  }

  /** The thread's next word. One that has none to say in time is ended. */
  #answerOf(thread: Worker, within: number, failure: (why: string) => Error): Promise<CheckAnswer> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#end(thread);
        fail(`it takes over ${within / 1_000} s`);
      }, within);
      thread.on('message', onAnswer).on('error', onError).on('exit', onExit);

      function done(): void {
        clearTimeout(late);
        thread.off('message', onAnswer).off('error', onError).off('exit', onExit);
      }
      function fail(why: string): void {
        done();
        reject(failure(why));
      }
      function onAnswer(answer: CheckAnswer): void {
        done();
        resolve(answer);
      }
      function onError({ code, message }: NodeJS.ErrnoException): void {
        fail(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'it fills the memory' : message);
      }
      function onExit(code: number): void {
        fail(`its thread ended with ${code}`);
      }
    });
  }

  /** Its end is not waited for: a decoder at work comes to its own end first. */
  #end(thread: Worker): void {
    if (this.#thread === thread) this.#thread = null;
    void thread.terminate();
  }
}

function fitOrThrow(answer: CheckAnswer): string {
  if (answer === 'ready') throw new Error('the thread that checks files started twice');
  if ('fit' in answer) return answer.fit;
  if ('refused' in answer) throw new AssetRefused(answer.refused, { final: answer.final });
  throw Object.assign(new Error(answer.failed), { code: answer.code });
}

/** Starts `check-thread`. @param heapMb what it may take of a heap of its own, in MB. */
function startCheckThread(heapMb: number): Worker {
  const thread = new Worker(threadFile(), {
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: heapMb },
    // No key is within reach of what a file may make of its parser.
    env: {},
    stdout: true,
    stderr: true,
  });
  // What the parsers print is for their developers.
  thread.stdout.resume();
  thread.stderr.resume();
  return thread;
}

/** A thread does not read our sources by itself, as in tests: on Node 20 it takes over no `--import`. */
function threadFile(): URL {
  if (!import.meta.url.endsWith('.ts')) return new URL('./check-thread.js', import.meta.url);
  const file = new URL('./check-thread.js', import.meta.url).href;
  const tsx = import.meta.resolve('tsx/esm/api');
  return new URL(
    `data:text/javascript,import { register } from '${tsx}'; register(); await import('${file}');`,
  );
}
