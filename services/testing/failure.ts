import { expect } from 'vitest';

/** The error of what must fail. */
export const failure = (attempt: Promise<unknown>): Promise<any> =>
  attempt.then(
    (answer) => expect.fail(`did not fail, and answered ${JSON.stringify(answer)}`),
    (error: unknown) => error,
  );
