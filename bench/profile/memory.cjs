/* eslint-disable @typescript-eslint/no-require-imports -- a thread of Node 20 takes over --require, and no --import */
/** Loaded by each thread of a profiled worker: tells on request what its heap holds. The main thread writes the answers of all to a file. */
const { isMainThread } = require('node:worker_threads');
const { writeFileSync, readFileSync } = require('node:fs');
const v8 = require('node:v8');

const channel = new BroadcastChannel('memory');
channel.unref();
/** A thread that runs workflows has loaded this of the SDK; others are told apart by what they check or draw. */
const name = () => {
  const has = (part) => Object.keys(require.cache).some((file) => file.includes(part));
  if (isMainThread) return 'main thread';
  return has('workflow-worker-thread') || has('vm-shared') ? 'workflow thread' : 'other threads';
};
const held = () => {
  const { used_heap_size, total_heap_size, external_memory } = v8.getHeapStatistics();
  return { name: name(), used: used_heap_size, total: total_heap_size, external: external_memory };
};

if (isMainThread) {
  process.on('SIGUSR2', () => {
    globalThis.gc?.();
    const answers = [held()];
    channel.onmessage = ({ data }) => {
      if (data.name) answers.push(data);
    };
    channel.postMessage('tell');
    setTimeout(() => {
      const [, rss] = /^VmRSS:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'));
      writeFileSync(
        process.env.PROFILE_MEMORY,
        JSON.stringify({ rss: Number(rss) * 1024, threads: answers }),
      );
    }, 2_000);
  });
} else {
  channel.onmessage = ({ data }) => {
    if (data === 'tell') channel.postMessage(held());
  };
}
