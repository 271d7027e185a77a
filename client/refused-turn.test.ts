import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { expect, it } from 'vitest';
import { CHAT_BUSY, CHAT_DELETED, CHAT_OFF } from '../contract/chat.js';
import { OVER_BUDGET } from '../contract/money/budget.js';
import { RefusedError } from './errors.js';
import { refusedTurn, wasNotHeard } from './refused-turn.js';

const refused = (type: string, message: string): Error =>
  refusedTurn(
    new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable(message, type)),
    {
      ...{ chatId: 'UpkTZ26nc9Eb', account: 'crumb', namespace: 'default' },
    },
  );

it.each([
  [OVER_BUDGET, 'BudgetError', 'chat.dailyBudget', 'the day is\nspent'],
  [CHAT_DELETED, 'UnknownIdError', 'id', 'gone'],
  [CHAT_OFF, 'ChatOffError', 'chat', 'off'],
  ['AcceptedUpdateCompletedWorkflow', 'RefusedError', undefined, 'completed'],
  ['Provider.Busy', 'RefusedError', undefined, 'busy'],
])('%s is a %s', (type, name, field, message) => {
  const error = refused(type, message);
  expect(error).toMatchObject({ name, field });
  expect(error.message).not.toMatch(/\n/);
});

it('a spent budget is refused like other refusals, in the words of the budget', () => {
  const error = refused(OVER_BUDGET, 'the day is spent');
  expect(error).toBeInstanceOf(RefusedError);
  expect(error.message).toBe('the day is spent');
});

const update = (type: string): Error =>
  new WorkflowUpdateFailedError('Workflow Update failed', ApplicationFailure.nonRetryable('words', type));

it.each([
  // As the SDK throws it of an update-with-start whose run ends meanwhile: no error class of its own.
  ['a run that ended as it was asked', Object.assign(new Error('already completed'), { code: 5 }), true],
  ['a signal that overtook it', new Error('unexpected workflow task failure'), true],
  ['a run that is full', update(CHAT_BUSY), true],
  ['a run that was ended under its answer', update('AcceptedUpdateCompletedWorkflow'), false],
  ['a budget that is spent', update(OVER_BUDGET), false],
  ['a server that is away', Object.assign(new Error('away'), { code: 14 }), false],
])('a question is asked again only where no run heard it: %s', (_name, error, again) => {
  expect(wasNotHeard(error)).toBe(again);
});
