import { expect, it } from 'vitest';
import { patiently } from './patiently.js';

class Away extends Error {}
const isAway = (error: unknown): boolean => error instanceof Away;

it('waits for what is away, and says so once', async () => {
  const said: string[] = [];
  let tries = 0;
  const open = async (): Promise<string> => {
    await Promise.resolve();
    tries += 1;
    if (tries < 3) throw new Away('no server at 127.0.0.1:1');
    return 'open';
  };
  expect(await patiently(open, { isAway, say: (line) => said.push(line) })).toBe('open');
  expect(said).toEqual(['no server at 127.0.0.1:1; waiting up to 60 s for it']);
});

it('gives up after its time, and at once where waiting mends nothing', async () => {
  const said: string[] = [];
  const options = { isAway, say: (line: string) => void said.push(line), withinMs: -1 };
  await expect(patiently(() => Promise.reject(new Away('still away')), options)).rejects.toThrow(
    'still away',
  );
  const wrong = patiently(() => Promise.reject(new Error('wrong password')), {
    ...options,
    withinMs: 60_000,
  });
  await expect(wrong).rejects.toThrow('wrong password');
  expect(said).toEqual([]);
});
