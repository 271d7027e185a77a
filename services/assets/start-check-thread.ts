import { Worker } from 'node:worker_threads';

/** Starts `check-thread`. @param heapMb what it may take of a heap of its own, in MB. */
export function startCheckThread(heapMb: number): Worker {
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
  const file = new URL('./check-thread.ts', import.meta.url).href;
  const tsx = import.meta.resolve('tsx/esm/api');
  return new URL(
    `data:text/javascript,import { register } from '${tsx}'; register(); await import('${file}');`,
  );
}
