import { expect, it } from 'vitest';
import { openPatiently } from './patiently.js';

class Away extends Error {}

/** Opens something that fails so often, and keeps what is said. */
async function opened(failures: Error[], withinMs?: number) {
  const said: string[] = [];
  const open = async () => {
    const failure = failures.shift();
    if (failure) throw failure;
    return 'open';
  };
  const isAway = (error: unknown) => error instanceof Away;
  const ended = await openPatiently(open, { isAway, say: (line) => said.push(line), withinMs }).catch(String);
  return [ended, ...said];
}

it('waits for what is away, and says so once', async () => {
  const ended = await opened([new Away('no server'), new Away('no server')]);
  expect(ended).toEqual(['open', 'no server; waiting up to 60 s for it']);
});

it('gives up after its time, and at once where waiting mends nothing', async () => {
  expect(await opened([new Away('still away')], -1)).toEqual(['Error: still away']);
  expect(await opened([new Error('wrong password')])).toEqual(['Error: wrong password']);
});
