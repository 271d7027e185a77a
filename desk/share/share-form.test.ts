import { expect, it } from 'vitest';
import { redoChoices } from '../post/decision-form.js';
import { filledIn, readShareForm } from './share-form.js';

const post = { contentFormat: 'hero_text', revision: 2, gate: 'publish' } as const;
const read = (fields: Record<string, string>) =>
  readShareForm(
    filledIn((name) => ({ name: 'Jo', ...fields })[name] ?? ''),
    post,
  );

it.each<[decision: string, fields: Record<string, string>, request: object]>([
  ['approve', { name: ' Jo ', words: '' }, { revision: 2, gate: 'publish' }],
  ['approve', { words: 'Fine.' }, { revision: 2, gate: 'publish', note: 'Fine.' }],
  ['reject', { words: 'Wrong year' }, { reason: 'Wrong year' }],
  ['revise', { words: 'Shorter', redo: 'image' }, { instructions: 'Shorter', redo: 'image' }],
  // There is no clip.
  ['revise', { words: 'a', redo: 'video' }, { instructions: 'a', redo: 'text' }],
])('to %s with %j is a decision on what the link shows', (decision, fields, request) => {
  expect(read({ decision, ...fields })).toEqual({ request: { by: 'Jo (link)', decision, ...request } });
});

it.each<[fields: Record<string, string>, problem: RegExp]>([
  [{ name: '', decision: 'approve' }, /your name/],
  [{ name: '\u200b\u0000 ', decision: 'approve' }, /your name/],
  [{ name: 'x'.repeat(81), decision: 'approve' }, /81 characters/],
  [{ decision: 'reject' }, /why you reject/],
  [{ decision: 'revise', words: ' ' }, /what is to be changed/],
  [{ decision: 'revise', words: 'x'.repeat(4_001) }, /4001 characters/],
  [{ decision: 'cancel' }, /Choose/],
])('%j is asked again', (fields, problem) => {
  expect(read({ ...fields })).toEqual({ problem: expect.stringMatching(problem) as string });
});

it('a clip is made again where there is one', () => {
  const redo = (contentFormat: string) => redoChoices(contentFormat).map(([each]) => each);
  expect(redo('hero_text')).toEqual(['text', 'image', 'all']);
  expect(redo('video')).toContain('video');
});
