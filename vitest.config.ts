import { defineConfig } from 'vitest/config';

export default defineConfig({
  oxc: { jsx: { importSource: 'hono/jsx' } },
  test: {
    include: ['**/*.test.ts', '**/*.test.tsx'],
    exclude: ['node_modules/**', 'dist/**', 'var/**'],
    // Two files at a time: most of them wait for servers, timers and other processes.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
