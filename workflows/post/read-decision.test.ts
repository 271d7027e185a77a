import { describe, expect, it } from 'vitest';
import { readDecision } from './read-decision.js';

describe('readDecision', () => {
  it('drops from the text for a target what nobody can see', () => {
    const text = '\u0001First line.\r\n\n\tSecond\u0085 line.\u007f ';
    expect(readDecision('edit', { by: 'mo', target: 'bluesky', text })).toMatchObject({
      decision: { own: { target: 'bluesky', text: 'First line.\n\n\tSecond line.' } },
    });
  });

  it('reads an approval and ignores what it does not know', () => {
    expect(
      readDecision('approve', {
        by: 'mo',
        revision: 2,
        gate: 'publish',
        publishAt: '2026-12-01T09:00:00+01:00',
        colour: 'red',
      }),
    ).toEqual({
      decision: {
        kind: 'approve',
        by: 'mo',
        revision: 2,
        gate: 'publish',
        note: null,
        publishAt: '2026-12-01T09:00:00+01:00',
      },
    });
  });

  it('takes null for a field that is left out', () => {
    expect(
      readDecision('approve', { by: 'mo', gate: null, revision: null, note: null, publishAt: null }),
    ).toHaveProperty('decision');
  });

  it.each(['now', 'next'])('takes %s for a time', (publishAt) => {
    expect(readDecision('approve', { by: 'mo', publishAt })).toMatchObject({ decision: { publishAt } });
  });

  it('reads an edit of words, of a picture, or of both', () => {
    const hero = 'UpkTZ26nc9Eb_hero_2.png';
    const edit = { kind: 'edit', by: 'mo', note: null } as const;
    expect(readDecision('edit', { by: 'mo', title: ' Mine ' })).toEqual({
      decision: { ...edit, changes: { title: 'Mine' } },
    });
    expect(readDecision('edit', { by: 'mo', hero })).toEqual({ decision: { ...edit, changes: {}, hero } });
    expect(readDecision('edit', { by: 'mo', caption: 'C', hero })).toEqual({
      decision: { ...edit, changes: { caption: 'C' }, hero },
    });
  });

  it.each([
    ['approve', undefined, 'the message is not an object'],
    ['approve', 'yes', 'the message is not an object'],
    ['approve', ['mo'], 'the message is not an object'],
    ['approve', {}, 'by must be text'],
    ['approve', { by: 7 }, 'by must be text'],
    ['approve', { by: ' ' }, 'by must be text'],
    ['approve', { by: 'x'.repeat(201) }, 'by must be text'],
    ['approve', { by: 'mo', gate: 'final' }, "gate must be 'media' or 'publish'"],
    ['approve', { by: 'mo', revision: '2' }, 'revision must be a whole number'],
    ['approve', { by: 'mo', revision: 0 }, 'revision must be a whole number'],
    ['approve', { by: 'mo', publishAt: 'tomorrow' }, 'publishAt must be a time'],
    ['approve', { by: 'mo', publishAt: '2026-12-01' }, 'publishAt must be a time'],
    ['approve', { by: 'mo', note: 'x'.repeat(4_001) }, 'note must be text'],
    ['reject', { by: 'mo' }, 'reason must say why'],
    ['reject', { by: 'mo', reason: '' }, 'reason must say why'],
    ['cancel', { by: 'mo', reason: {} }, 'reason must be text'],
    ['resume', { by: 'mo', note: 1 }, 'note must be text'],
    ['edit', { by: 'mo' }, 'nothing to edit'],
    ['edit', { by: 'mo', hero: 7 }, 'hero must be the name of a picture'],
    ['edit', { by: 'mo', title: 'T', hero: 'x'.repeat(61) }, 'hero must be the name of a picture'],
  ] as const)('%s %j: %s', (kind, raw, problem) => {
    expect(readDecision(kind, raw)).toEqual({ problem: expect.stringContaining(problem) as string });
  });
});
