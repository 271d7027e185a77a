import { describe, expect, it } from 'vitest';
import { POST_STATES, type PostState } from '../../contract/states.js';
import { refusal, type Standing } from './decide.js';
import type { Decision } from './message.js';

const approve: Decision = {
  kind: 'approve',
  by: 'a',
  gate: null,
  revision: null,
  note: null,
  publishAt: null,
};
const reject: Decision = { kind: 'reject', by: 'a', note: 'no' };
const cancel: Decision = { kind: 'cancel', by: 'a', note: null };
const resume: Decision = { kind: 'resume', by: 'a', note: null };

const standing = (status: PostState): Standing => ({
  status,
  gate: status === 'awaiting_approval' ? 'publish' : null,
  revision: 2,
});

/** The states in which each decision counts; in every other it is dropped. */
const COUNTS: Record<Decision['kind'], PostState[]> = {
  approve: ['awaiting_approval'],
  reject: ['awaiting_approval', 'scheduled', 'blocked'],
  cancel: ['drafting', 'illustrating', 'filming', 'awaiting_approval', 'scheduled', 'blocked'],
  resume: ['blocked'],
};

describe.each([approve, reject, cancel, resume])('$kind', (decision) => {
  it.each(POST_STATES)('while %s', (status) => {
    const reason = refusal(standing(status), decision);
    if (COUNTS[decision.kind].includes(status)) expect(reason).toBeNull();
    else expect(reason).toMatch(/^(the post is|no gate is open|there is nothing to reject)/);
  });
});

describe('an approval', () => {
  const waiting = standing('awaiting_approval');

  it.each<[string, Partial<Decision & { kind: 'approve' }>, string | null]>([
    ['the open gate and the shown revision', { gate: 'publish', revision: 2 }, null],
    ['neither', {}, null],
    ['another gate', { gate: 'media' }, 'the approval is for gate media, the open gate is publish'],
    ['an older revision', { revision: 1 }, 'the approval is for revision 1, the post is at revision 2'],
    ['a newer revision', { revision: 3 }, 'the approval is for revision 3, the post is at revision 2'],
  ])('that names %s', (_name, change, reason) => {
    expect(refusal(waiting, { ...approve, ...change })).toBe(reason);
  });
});
