import pc from 'picocolors';
import { expect, it } from 'vitest';
import { samplePost } from '../../desk/testing/samples.js';
import { checksView } from './checks-view.js';
import { postView } from './post-view.js';

const plain = pc.createColors(false);
const holds = { rule: 'title.length', ok: true, detail: null };
const caption = {
  rule: 'caption.length',
  ok: false,
  detail: 'the caption has 263 characters, at most 240 asked for',
};
const hashtags = { rule: 'banned', ok: false, detail: 'the phrase "a\u001b[2Jb" is banned' };

it('lists what is missed, with what to mend, and nothing that a terminal would act on', () => {
  expect(checksView([holds, caption, hashtags], plain)).toBe(
    [
      'Checks: 2 of 3 missed',
      '  caption.length  the caption has 263 characters, at most 240 asked for',
      '  banned          the phrase "a [2Jb" is banned',
    ].join('\n'),
  );
});

it('says in one line that all hold', () => {
  expect(checksView([holds], plain)).toBe('Checks: all 1 hold');
});

it('is part of a post’s status, and left out before there is anything to check', () => {
  expect(
    postView(samplePost('UpkTZ26nc9Eb', { checks: [caption] }), plain, 'http://127.0.0.1:8300'),
  ).toContain('Checks: 1 of 1 missed\n');
  expect(postView(samplePost('UpkTZ26nc9Eb', { checks: [] }), plain, 'http://127.0.0.1:8300')).not.toContain(
    'Checks',
  );
});
