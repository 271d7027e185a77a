/**
 * Tests that replace a module (`vi.mock`), which other files in the same process would meet: each runs in a process of its own
 * (`vitest.config.ts`), and a lint rule refuses it everywhere else.
 */
export const MOCKING = [
  'workflows/{paid/ask,paid/attempt,post/illustrate,post/texts}.test.ts',
  ...['test/{ledger,mixes}.test.ts', 'desk/post/target-texts.test.ts'],
];
