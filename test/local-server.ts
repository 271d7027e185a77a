import { TestWorkflowEnvironment, type LocalTestWorkflowEnvironmentOptions } from '@temporalio/testing';

type Server = NonNullable<LocalTestWorkflowEnvironmentOptions['server']>;

const MOST_STARTS = 3;
const TOO_LATE = /ephemeral server at \S+ did not start within/;

/** The `temporal` command, which `npm test` has obtained. */
export function temporalBinary(): string {
  const path = process.env.COPYDESK_TEST_TEMPORAL;
  if (!path) throw new Error('COPYDESK_TEST_TEMPORAL is not set; run the tests by npm test');
  return path;
}

/** A dev server of Temporal for a test. */
export const startLocalServer = (
  server: Pick<Server, 'searchAttributes' | 'extraArgs'> = {},
): Promise<TestWorkflowEnvironment> =>
  inTime(() =>
    TestWorkflowEnvironment.createLocal({
      server: { executable: { type: 'existing-path', path: temporalBinary() }, ...server },
    }),
  );

/** The SDK (1.24) gives a server 5 seconds to listen, in which a busy machine may not get to it: then another one is started. */
export async function inTime<T>(start: () => Promise<T>): Promise<T> {
  for (let starts = 1; ; starts += 1) {
    try {
      return await start();
    } catch (error) {
      if (starts === MOST_STARTS || !TOO_LATE.test(String(error))) throw error;
    }
  }
}
