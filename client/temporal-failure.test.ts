import { ServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { expect, it } from 'vitest';
import { CHAT_BUSY, CHAT_DELETED, CHAT_OFF } from '../contract/chat.js';
import { OVER_BUDGET } from '../contract/money/spend.js';
import { againIfInterrupted } from './wait.js';
import { RefusedError } from './errors.js';
import { refusedTurn, wasNotHeard } from './refused-turn.js';
import { readTemporalFailure, reasonOf } from './temporal-failure.js';

const grpc = (code: number, details: string): Error =>
  Object.assign(new Error(`${code} ${details}`), { code, details });
const failed = (code: number, details: string): Error =>
  new ServiceError('call failed', { cause: grpc(code, details) });
const refused = (message: string, type?: string): Error =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable(message, type));

const OVERTAKEN = 'Unable to perform workflow execution update due to unexpected workflow task failure.';
it.each([
  ['not_found', new WorkflowNotFoundError('workflow not found', 'post/x', undefined)],
  ['used', new WorkflowExecutionAlreadyStartedError('already started', 'batch/x', 'batch')],
  ['refused', refused('too late')],
  ['no_poller', failed(9, 'no poller seen for task queue recently, worker may be down')],
  ['interrupted', failed(9, OVERTAKEN)],
  ['interrupted', failed(9, 'Update-with-Start could not be executed.')],
  ['no_namespace', failed(5, 'Namespace nope is not found.')],
  ['timeout', failed(4, 'Deadline exceeded')],
  ['timeout', new Error('Failed to connect before the deadline')],
  ['no_server', grpc(14, 'connect ECONNREFUSED')],
  ['denied', grpc(16, 'bad token')],
  ['other', new Error('odd')],
  ['other', 'not even an error'],
])('%s', (failure, error) => expect(readTemporalFailure(error)).toBe(failure));

it('the reason is what the innermost cause says', () => {
  expect(reasonOf(refused('revision 1 is not 2'))).toBe('revision 1 is not 2');
  expect(reasonOf(failed(3, 'bad attribute'))).toBe('bad attribute');
});

/** Fails so many times with an error, then answers how often it was asked. */
function failing(times: number, error: Error) {
  let asked = 0;
  return () => {
    asked += 1;
    return asked <= times ? Promise.reject(error) : Promise.resolve(asked);
  };
}
const interrupted = failed(9, OVERTAKEN);

it('an update that a signal interrupted is sent again', async () => {
  expect(await againIfInterrupted(failing(3, interrupted))).toBe(4);
});

it('an update that is interrupted each time fails in the end, and of any other failure at once', async () => {
  await expect(againIfInterrupted(failing(100, interrupted))).rejects.toThrow(interrupted);
  await expect(againIfInterrupted(failing(1, new Error('late')))).rejects.toThrow('late');
});

const turn = { chatId: 'UpkTZ26nc9Eb', account: 'crumb', namespace: 'default' };

it.each([
  [OVER_BUDGET, 'BudgetError', 'chat.dailyBudget', 'the day is\nspent'],
  [CHAT_DELETED, 'UnknownIdError', 'id', 'gone'],
  [CHAT_OFF, 'ChatOffError', 'chat', 'off'],
  ['AcceptedUpdateCompletedWorkflow', 'RefusedError', undefined, 'completed'],
  ['Provider.Busy', 'RefusedError', undefined, 'busy'],
  ['Archive.Full', 'RefusedError', undefined, 'at db.internal'],
])('a question that is refused as %s fails with a %s', (type, name, field, message) => {
  const error = refusedTurn(refused(message, type), turn);
  expect(error).toMatchObject({ name, field });
  expect(error.message).not.toMatch(/\n|db\.internal/);
});

it('a question over a spent budget is refused like others, in the words of the budget', () => {
  const error = refusedTurn(refused('the day is spent', OVER_BUDGET), turn);
  expect(error).toBeInstanceOf(RefusedError);
  expect(error.message).toBe('the day is spent');
});

it.each([
  // As the SDK throws it of an update-with-start whose run ends meanwhile: no error class of its own.
  ['a run that ended as it was asked', Object.assign(new Error('already completed'), { code: 5 }), true],
  ['a signal that overtook it', new Error('unexpected workflow task failure'), true],
  ['a run that is full', refused('words', CHAT_BUSY), true],
  ['a run that was ended under its answer', refused('words', 'AcceptedUpdateCompletedWorkflow'), false],
  ['a budget that is spent', refused('words', OVER_BUDGET), false],
  ['a server that is away', grpc(14, 'away'), false],
])('a question is asked again only where no run heard it: %s', (_name, error, again) => {
  expect(wasNotHeard(error)).toBe(again);
});
