import { expect, it } from 'vitest';
import { filledIn, readForm, redoOf } from './read-form.js';

const post = { contentFormat: 'hero_text', revision: 2, gate: 'publish' } as const;
const read = (fields: Record<string, unknown>) => readForm(filledIn({ name: 'Jo', ...fields }), post);
const APPROVAL = { decision: 'approve', revision: 2, gate: 'publish' };

it.each<[fields: object, request: object]>([
  [{ name: ' Jo ', decision: 'approve', words: '' }, APPROVAL],
  [
    { decision: 'approve', words: 'Fine.' },
    { ...APPROVAL, note: 'Fine.' },
  ],
  [
    { decision: 'reject', words: 'Wrong year' },
    { decision: 'reject', reason: 'Wrong year' },
  ],
  [
    { decision: 'revise', words: 'Shorter', redo: 'image' },
    { decision: 'revise', instructions: 'Shorter', redo: 'image' },
  ],
  // There is no clip.
  [
    { decision: 'revise', words: 'a', redo: 'video' },
    { decision: 'revise', instructions: 'a', redo: 'text' },
  ],
])('%j is a decision on what the link shows', (fields, request) => {
  expect(read({ ...fields })).toEqual({ request: { by: 'Jo (link)', ...request } });
});

it.each<[fields: object, problem: RegExp]>([
  [{ name: '', decision: 'approve' }, /your name/],
  [{ name: '\u200b\u0000 ', decision: 'approve' }, /your name/],
  [{ name: 'x'.repeat(81), decision: 'approve' }, /81 characters/],
  [{ name: ['a', 'b'], decision: 'approve' }, /your name/],
  [{ decision: 'reject' }, /why you reject/],
  [{ decision: 'revise', words: ' ' }, /what is to be changed/],
  [{ decision: 'revise', words: 'x'.repeat(4_001) }, /4001 characters/],
  [{ decision: 'cancel' }, /Choose/],
])('%j is asked again', (fields, problem) => {
  expect(read({ ...fields })).toEqual({ problem: expect.stringMatching(problem) as string });
});

it('a clip is made again where there is one', () => {
  expect(redoOf('hero_text')).toEqual(['text', 'image', 'all']);
  expect(redoOf('video')).toContain('video');
});
