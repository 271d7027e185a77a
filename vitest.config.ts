import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { importSource: 'hono/jsx' } },
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', 'dist/**', 'var/**'],
    // Three files at a time, on two cores too: most of them wait for servers, timers and other processes.
    maxWorkers: 3,
    testTimeout: 30_000,
    // Servers are ended and folders with all dependencies removed in hooks, on a machine that does much else.
    hookTimeout: 60_000,
  },
});
