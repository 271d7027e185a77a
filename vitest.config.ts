import { defineConfig } from 'vitest/config';
// @ts-expect-error plain JavaScript: eslint.config.js reads it too
import { MOCKING } from './tools/mocking.mjs';

const all = (folder: string) => `${folder}/**/*.test.{ts,tsx}`;
const NEVER = ['node_modules/**', 'dist/**', 'var/**'];
/** Each has a process of its own: it starts servers or a browser, opens many databases, measures itself, or replaces a module. */
const APART: string[] = [
  ...['test', 'tools', 'workers', 'services/archive', 'desk/live'].map(all),
  ...['**/browser.test.ts', 'desk/{public,review}/looks.test.ts', 'services/assets/{checker,memory}.test.ts'],
  // It stops the clock while it fetches: that of the process's own fetch would stay stopped.
  'client/desk-api.test.ts',
  ...MOCKING,
];

export default defineConfig({
  oxc: { jsx: { importSource: 'hono/jsx' } },
  test: {
    // Three files at a time, on two cores too: most of them wait for servers, timers and other processes.
    maxWorkers: 3,
    testTimeout: 30_000,
    // Servers are ended and folders with all dependencies removed in hooks, on a machine that does much else.
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    setupFiles: ['tools/test-times/cpu.ts'],
    projects: [
      { extends: true, test: { name: 'apart', include: APART, exclude: NEVER, testTimeout: 120_000 } },
      // To start a process and load its modules takes longer than nearly all of these tests: they share three.
      {
        extends: true,
        test: { name: 'together', include: [all('**')], exclude: [...NEVER, ...APART], isolate: false },
      },
    ],
  },
});
