import { expect, it } from 'vitest';
import { decideEach, reportDecisions } from './decisions.js';
import { RefusedError } from '../client/errors.js';
import { createOutput } from './output/output.js';

function streams(json: boolean) {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const stream = (lines: string[]) => ({
    isTTY: false,
    write: (text: string | Uint8Array) => Boolean(lines.push(String(text))),
  });
  return { stdout, stderr, output: createOutput(json, stream(stdout), stream(stderr)) };
}

it('asks each post, and one that refuses keeps nobody', async () => {
  const review = async (id: string) => {
    if (id === 'B') throw new RefusedError('post B: too late');
    return { status: 'publishing' as const, revision: 1 };
  };
  expect(await decideEach(['A', 'B', 'C'], review)).toEqual([
    { id: 'A', status: 'publishing', revision: 1 },
    { id: 'B', error: { message: 'post B: too late' } },
    { id: 'C', status: 'publishing', revision: 1 },
  ]);
});

it('an error of another kind is not taken for a refusal', async () => {
  const review = () => Promise.reject(new TypeError('a bug'));
  await expect(decideEach(['A'], review)).rejects.toThrow('a bug');
});

it('a refusal has exit code 1, its reason on stderr, and an error in the document', () => {
  const results = [
    { id: 'A', status: 'publishing' as const, revision: 1 },
    { id: 'B', error: { message: 'post B: too late' } },
  ];
  const people = streams(false);
  expect(reportDecisions(people.output, results)).toBe(1);
  expect([people.stdout, people.stderr]).toEqual([['A is publishing, revision 1\n'], ['post B: too late\n']]);
  const json = streams(true);
  reportDecisions(json.output, results);
  expect(JSON.parse(json.stdout.join(''))).toEqual({ results, error: { message: 'post B: too late' } });
});

it('one refusal alone leaves stdout empty', () => {
  const { output, stdout } = streams(false);
  reportDecisions(output, [{ id: 'B', error: { message: 'post B: too late' } }]);
  expect(stdout).toEqual([]);
});

it('all accepted: exit code 0 and the results alone', () => {
  const { output, stdout } = streams(true);
  const results = [{ id: 'A', status: 'published' as const, revision: 2 }];
  expect(reportDecisions(output, results)).toBe(0);
  expect(JSON.parse(stdout.join(''))).toEqual({ results });
});
