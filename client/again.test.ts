import { ServiceError } from '@temporalio/client';
import { expect, it } from 'vitest';
import { againIfInterrupted } from './again.js';

const interrupted = new ServiceError('Workflow Update failed', {
  cause: Object.assign(new Error('9 FAILED_PRECONDITION: unexpected workflow task failure.'), { code: 9 }),
});

/** Fails so many times with an error, then answers how often it was asked. */
function failing(times: number, error: Error) {
  let asked = 0;
  return () => {
    asked += 1;
    return asked <= times ? Promise.reject(error) : Promise.resolve(asked);
  };
}

it('an update that a signal interrupted is sent again', async () => {
  expect(await againIfInterrupted(failing(3, interrupted))).toBe(4);
});

it('one that is interrupted each time fails in the end, and any other failure at once', async () => {
  await expect(againIfInterrupted(failing(100, interrupted))).rejects.toThrow(interrupted);
  const refused = new Error('too late');
  await expect(againIfInterrupted(failing(1, refused))).rejects.toThrow(refused);
});
