import { beforeEach, describe, expect, it, vi } from 'vitest';
import { account, post as input } from '../../activities/testing/samples.js';
import type * as registry from '../../contract/targets/registry.js';
import type { Target } from '../../contract/targets/target.js';
import { applyDecision } from './apply-decision.js';
import { enterStatus, openGate } from './state/decisions.js';
import { editionFor } from './edition.js';
import { beginPublishing } from './state/out.js';
import type { DecisionName } from './read-decision.js';
import { readDecision } from './read-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import { newPost, type Post } from './state/state.js';
import { postStatus } from './status.js';
import { finishStep } from './state/work.js';
import { putDraft } from './state/words.js';

// The registry has a kind more than a release does.
vi.mock('../../contract/targets/registry.js', async (original) => {
  const { card: another } = await import('../../contract/targets/testing/card.js');
  const { TARGET_KINDS } = await original<typeof registry>();
  return { TARGET_KINDS: [...TARGET_KINDS, another] };
});

const NOW = new Date('2026-11-24T10:00:00.000Z');
const draft = {
  ...{ title: 'Two times', body: 'A body.', caption: 'Two times on one clock, and why.' },
  ...{ hashtags: ['harbor', 'clocks'], imagePrompt: 'P', shot: null, altText: 'A' },
};
const CARD: Target = { kind: 'card', name: 'pinboard', settings: {} };

function waiting(targets: readonly (Target | string)[]): Post {
  const own = { ...account, targets, disclosure: 'Made with AI.' };
  const planned = newPost(
    input('hero_text', { account: own, url: 'https://a.example/p' }),
    NOW.toISOString(),
  );
  return {
    ...planned,
    words: { ...planned.words, draft },
    work: planned.work.stale.reduce(finishStep, planned.work),
    decisions: openGate(enterStatus(planned.decisions, 'awaiting_approval'), 'publish', NOW),
  };
}

let post: Post;
beforeEach(() => {
  post = waiting(['feed', CARD]);
});
const texts = () => postStatus(post).texts;
/** A message as it reaches the post. @returns why it does not count; null when it does */
function say(name: DecisionName, message: object): string | null {
  const read = readDecision(name, { by: 'mo', ...message });
  if ('problem' in read) return read.problem;
  const refused = refusal(standingOf(post), read.decision);
  if (refused === null) post = applyDecision(post, read.decision, NOW);
  return refused;
}
const edit = (message: object) => say('edit', message);
const own = (text: string) => edit({ target: 'pinboard', text });

describe('the text of a target', () => {
  it('is there for each that has one of its own, with what had no room', () => {
    expect(texts()).toEqual([
      {
        ...{
          target: 'pinboard',
          own: false,
          text: 'Two times on one clock, and why.\n\nhttps://a.example/p',
        },
        left: ['the disclosure', 'the hashtags'],
      },
    ]);
    expect(postStatus(waiting(['feed']))).not.toHaveProperty('texts');
  });

  it('has no link where the account has no page', () => {
    post = waiting([CARD]);
    expect(texts()?.[0]?.text).toBe('Two times on one clock, and why.\n\nMade with AI.\n\n#harbor');
  });

  it('goes out as it is shown, the same on every attempt', () => {
    const shown = texts()?.[0]?.text;
    const begun = { revision: 1, now: NOW };
    post = { ...post, out: beginPublishing(post.out, ['feed', 'pinboard'], begun) };
    expect(editionFor(post, 'pinboard')).toMatchObject({
      text: shown,
      language: 'en',
      at: NOW.toISOString(),
    });
    expect(editionFor(post, 'feed')).toMatchObject({ text: null });
    expect(editionFor(post, 'pinboard')).toEqual(editionFor(post, 'pinboard'));
  });
});

describe("a person's own text", () => {
  it('is a new revision, and stands in place of the fitted one until it is emptied', () => {
    const fitted = texts();
    expect(own('  Mine. ')).toBeNull();
    expect(post.decisions).toMatchObject({ revision: 2, status: 'awaiting_approval' });
    expect(texts()).toEqual([{ target: 'pinboard', text: 'Mine.', own: true, left: [] }]);
    expect(post.words.draft).toEqual(draft);
    expect(own('')).toBeNull();
    expect(texts()).toEqual(fitted);
  });

  it('is refused with the reason where the target does, and where there is no such text', () => {
    expect(own('x'.repeat(61))).toBe('pinboard refuses the text: 61 of 60 characters');
    expect(own('BUY NOW')).toBe('pinboard refuses the text: it shouts');
    expect(edit({ target: 'feed', text: 'Mine' })).toBe(
      'feed shows the whole post, and has no text of its own',
    );
    expect(edit({ target: 'myspace', text: 'Mine' })).toBe(
      'the account has no target myspace, only feed, pinboard',
    );
    for (const half of [{ target: 'pinboard' }, { text: 'Mine' }, { target: 7, text: 'Mine' }])
      expect(edit(half)).toContain('target and text go together');
    expect(post.decisions.revision).toBe(1);
  });

  it('stays as it is when the words are edited, which a check says', () => {
    own('Mine.');
    const behind = () => postStatus(post).checks.filter(({ rule }) => rule === 'text.pinboard');
    edit({ body: 'Another body, of which no card has anything.' });
    expect(behind()).toEqual([]);
    edit({ caption: 'Another caption.' });
    expect(texts()).toMatchObject([{ text: 'Mine.', own: true }]);
    expect(behind()).toMatchObject([{ ok: false, detail: expect.stringContaining('pinboard') as string }]);
    own('Mine, again.');
    expect(behind()).toEqual([]);
  });

  it('may come with other words, and stands for the text that they make', () => {
    expect(edit({ caption: 'Another caption.', target: 'pinboard', text: 'Mine.' })).toBeNull();
    expect(post.words.draft?.caption).toBe('Another caption.');
    expect(texts()).toMatchObject([{ text: 'Mine.' }]);
    expect(postStatus(post).checks.filter(({ rule }) => rule.startsWith('text.'))).toEqual([]);
  });

  it('is forgotten when the model writes the words again, and stays for another picture', () => {
    own('Mine.');
    say('revise', { instructions: 'darker', redo: 'image' });
    expect(texts()).toMatchObject([{ own: true }]);
    post = { ...post, words: putDraft(post.words, { ...draft, caption: 'The model again.' }) };
    expect(texts()).toMatchObject([
      { own: false, text: expect.stringContaining('The model again.') as string },
    ]);
  });
});
