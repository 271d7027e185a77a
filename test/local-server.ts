import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { TestWorkflowEnvironment, type LocalTestWorkflowEnvironmentOptions } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes.js';
import { borrow } from './servers/borrow.js';

type Server = NonNullable<LocalTestWorkflowEnvironmentOptions['server']>;

const MOST_STARTS = 3;
const TOO_LATE = /ephemeral server at \S+ did not start within/;

/** The `temporal` command, which `npm test` has obtained. */
export function temporalBinary(): string {
  const path = process.env.COPYDESK_TEST_TEMPORAL;
  if (!path) throw new Error('COPYDESK_TEST_TEMPORAL is not set; run the tests by npm test');
  return path;
}

/** By `temporal.api.enums.v1.IndexedValueType`. */
const ATTRIBUTE_TYPES = { Keyword: 2, Double: 4 };

/** A namespace of one's own, with our search attributes, on the dev server that the run shares. */
export async function openNamespace(): Promise<TestWorkflowEnvironment> {
  const address = await borrow('temporal');
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await addSearchAttributes(connection, namespace);
  await connection.close();
  return TestWorkflowEnvironment.createFromExistingServer({ address, namespace });
}

export async function addSearchAttributes({ operatorService }: Connection, namespace: string): Promise<void> {
  const types = Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => [name, ATTRIBUTE_TYPES[type]]);
  await operatorService.addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(types) });
}

/** A dev server of Temporal for a test that needs other settings than the shared one has. */
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
