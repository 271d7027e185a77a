import { expect, it } from 'vitest';
import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { failureOf, reasonOf } from './temporal-failure.js';

const grpc = (code: number, details: string): Error =>
  Object.assign(new Error(`${code} ${details}`), { code, details });

it.each([
  ['not_found', new WorkflowNotFoundError('workflow not found', 'post/x', undefined)],
  ['used', new WorkflowExecutionAlreadyStartedError('already started', 'batch/x', 'batch')],
  ['refused', new WorkflowUpdateFailedError('failed', ApplicationFailure.nonRetryable('too late'))],
  [
    'no_poller',
    new ServiceError('query failed', {
      cause: grpc(9, 'no poller seen for task queue recently, worker may be down'),
    }),
  ],
  [
    'interrupted',
    new ServiceError('Workflow Update failed', {
      cause: grpc(9, 'Unable to perform workflow execution update due to unexpected workflow task failure.'),
    }),
  ],
  [
    'interrupted',
    new ServiceError('Update-With-Start failed', {
      cause: grpc(9, 'Update-with-Start could not be executed.'),
    }),
  ],
  ['no_namespace', new ServiceError('failed', { cause: grpc(5, 'Namespace nope is not found.') })],
  ['timeout', new ServiceError('query failed', { cause: grpc(4, 'Deadline exceeded') })],
  ['timeout', new Error('Failed to connect before the deadline')],
  ['no_server', grpc(14, 'connect ECONNREFUSED')],
  ['denied', grpc(16, 'bad token')],
  ['other', new Error('odd')],
  ['other', 'not even an error'],
])('%s', (failure, error) => expect(failureOf(error)).toBe(failure));

it('the reason is what the innermost cause says', () => {
  expect(
    reasonOf(new WorkflowUpdateFailedError('failed', ApplicationFailure.nonRetryable('revision 1 is not 2'))),
  ).toBe('revision 1 is not 2');
  expect(reasonOf(new ServiceError('call failed', { cause: grpc(3, 'bad attribute') }))).toBe(
    'bad attribute',
  );
});
