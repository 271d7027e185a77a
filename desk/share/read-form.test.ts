import { describe, expect, it } from 'vitest';
import { filledIn, readForm, redoOf } from './read-form.js';

const post = { contentFormat: 'hero_text', revision: 2, gate: 'publish' } as const;
const read = (fields: Record<string, unknown>) => readForm(filledIn(fields), post);

describe('the form of a link', () => {
  it('approves the revision and gate that it shows', () => {
    expect(read({ name: ' Jo ', decision: 'approve', words: '' })).toEqual({
      request: { decision: 'approve', by: 'Jo (link)', revision: 2, gate: 'publish' },
    });
    expect(read({ name: 'Jo', decision: 'approve', words: 'Fine.' })).toMatchObject({
      request: { note: 'Fine.' },
    });
  });

  it('rejects and revises with a reason', () => {
    expect(read({ name: 'Jo', decision: 'reject', words: 'Wrong year' })).toEqual({
      request: { decision: 'reject', by: 'Jo (link)', reason: 'Wrong year' },
    });
    expect(read({ name: 'Jo', decision: 'revise', words: 'Shorter', redo: 'image' })).toEqual({
      request: { decision: 'revise', by: 'Jo (link)', instructions: 'Shorter', redo: 'image' },
    });
  });

  it.each([
    [{ decision: 'approve' }, /your name/],
    [{ name: '\u200b\u0000 ', decision: 'approve' }, /your name/],
    [{ name: 'x'.repeat(81), decision: 'approve' }, /81 characters/],
    [{ name: 'Jo', decision: 'reject' }, /why you reject/],
    [{ name: 'Jo', decision: 'revise', words: ' ' }, /what is to be changed/],
    [{ name: 'Jo', decision: 'revise', words: 'x'.repeat(4_001) }, /4001 characters/],
    [{ name: 'Jo', decision: 'cancel' }, /Choose/],
    [{ name: ['a', 'b'], decision: 'approve' }, /your name/],
  ])('%j is asked again', (fields, problem) => {
    expect(read(fields)).toEqual({ problem: expect.stringMatching(problem) as string });
  });

  it('a clip is made again where there is one', () => {
    expect(redoOf('hero_text')).toEqual(['text', 'image', 'all']);
    expect(redoOf('video')).toContain('video');
    expect(read({ name: 'Jo', decision: 'revise', words: 'a', redo: 'video' })).toMatchObject({
      request: { redo: 'text' },
    });
  });
});
