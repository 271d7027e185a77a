import { expect, it } from 'vitest';
import { decideEach } from '../client/decide-each.js';
import { reportDecisions } from './decisions.js';
import { RefusedError } from '../client/errors.js';
import { createOutput } from './output/output.js';
import { keptStream } from './testing/kept-stream.js';

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
    const [people, reasons] = [keptStream(), keptStream()];
    expect(reportDecisions(createOutput(false, people, reasons), results)).toBe(code);
    expect([people.lines, reasons.lines.join('')]).toEqual([out, err]);
    const json = keptStream();
    expect(reportDecisions(createOutput(true, json, keptStream()), results)).toBe(code);
    const failed = code === 1 ? { error: { message: 'post B: too late' } } : {};
    expect(JSON.parse(json.lines.join(''))).toEqual({ results, ...failed });
  },
);
