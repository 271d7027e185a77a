import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
// @ts-expect-error plain JavaScript: eslint.config.js reads it too
import { MOCKING } from './tools/mocking.mjs';

const all = (folder: string) => `${folder}/**/*.test.{ts,tsx}`;
const NEVER = ['node_modules/**', 'dist/**', 'var/**'];
/** What draws at random or lasts: `npm run test:campaigns`. */
const CAMPAIGNS: string[] = [
  'test/{kill,chat-kill,poison,stop,processes-apart,bad-days/*}.test.ts',
  'test/{targets-away,ledger,fault-walk,mixes,real-writers,hostile,fuzz,openapi-fuzz,echoed-keys}.test.ts',
  'test/{flood,batch-lasts,slots,slot-processes,budget-processes}.test.ts',
  // Whole installs, killed and started again, and attacks on them.
  'test/{sessions,http-api,rebinding,split-queues,chat-injection}.test.ts',
  'test/{fresh-clone,packed,extending,readme,docs/*}.test.ts',
  'services/assets/{checker,memory}.test.ts',
];
/** Each has a process of its own: it runs workers, a browser or many databases, or replaces a module. */
const ALONE: string[] = [
  ...['test', 'tools', 'workers', 'services/archive', 'desk/live'].map(all),
  ...['**/browser.test.ts', 'desk/{public,queue}/looks.test.ts'],
  // It stops the clock while it fetches: that of the process's own fetch would stay stopped.
  'client/desk-api.test.ts',
  ...MOCKING,
];

export default defineConfig({
  oxc: { jsx: { importSource: 'hono/jsx' } },
  test: {
    // Five files at a time, on two cores too: most of them wait for servers, timers and other processes.
    maxWorkers: 5,
    testTimeout: 120_000,
    // Servers are ended and folders with all dependencies removed in hooks, on a machine that does much else.
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
    setupFiles: ['tools/test-times/cpu.ts'],
    globalSetup: ['test/servers/lend.ts'],
    projects: [
      // To start a process, load its modules and warm them up takes longer than nearly all of these tests: they share five.
      project('together', { include: [all('**')], exclude: [...CAMPAIGNS, ...ALONE], isolate: false }),
      project('alone', { include: ALONE, exclude: CAMPAIGNS }),
      project('campaigns', { include: CAMPAIGNS }),
    ],
  },
});

function project(
  name: string,
  { exclude = [], ...test }: { include: string[]; exclude?: string[]; isolate?: boolean },
): TestProjectInlineConfiguration {
  return { extends: true, test: { ...test, name, exclude: [...NEVER, ...exclude] } };
}
