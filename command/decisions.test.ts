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

const taken = { id: 'A', status: 'publishing' as const, revision: 1 };
const refused = { id: 'B', error: { message: 'post B: too late' } };
it.each([
  ['a refusal beside others', [taken, refused], 1, ['A is publishing, revision 1\n'], 'post B: too late\n'],
  ['a refusal alone', [refused], 1, [], 'post B: too late\n'],
  ['what was accepted', [taken], 0, ['A is publishing, revision 1\n'], ''],
])(
  '%s has its exit code, reasons on stderr, and an error in the document',
  (_what, results, code, out, err) => {
    const people = streams(false);
    expect(reportDecisions(people.output, results)).toBe(code);
    expect([people.stdout, people.stderr.join('')]).toEqual([out, err]);
    const json = streams(true);
    expect(reportDecisions(json.output, results)).toBe(code);
    const failed = code === 1 ? { error: { message: 'post B: too late' } } : {};
    expect(JSON.parse(json.stdout.join(''))).toEqual({ results, ...failed });
  },
);
