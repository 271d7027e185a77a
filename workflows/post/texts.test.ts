import { beforeEach, describe, expect, it, vi } from 'vitest';
import type * as registry from '../../contract/targets/registry.js';
import { FEED } from '../../contract/targets/target.js';
import { applyDecision } from './apply-decision.js';
import { refusal, standingOf } from './dropped-decision.js';
import { editionFor } from './texts.js';
import { readDecision, type DecisionName } from './read-decision.js';
import { beginPublishing } from './state/out.js';
import type { Post } from './state/state.js';
import { putDraft } from './state/words.js';
import { postStatus } from './status.js';
import { NOW, sample } from './testing/sample.js';
import type { Target } from '../../contract/account.js';

// The registry has a kind more than a release does.
vi.mock('../../contract/targets/registry.js', async (original) => {
  const { card: another } = await import('../../contract/targets/testing/card.js');
  const { TARGET_KINDS } = await original<typeof registry>();
  return { TARGET_KINDS: [...TARGET_KINDS, another] };
});

const CARD: Target = { kind: 'card', name: 'pinboard', settings: {} };
const waiting = (...targets: readonly Target[]): Post => {
  const account = sample.account({ targets, disclosure: 'Made with AI.' });
  return sample.made('hero_text', { ...account, url: 'https://a.example/p' });
};

let post: Post;
beforeEach(() => {
  post = waiting(FEED, CARD);
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
const behind = () => postStatus(post).checks.filter(({ rule }) => rule.startsWith('text.'));

describe('the text of a target', () => {
  it('is there for each that has one of its own, with what had no room', () => {
    const text = 'Two times on one clock, and why.\n\nhttps://a.example/p';
    const left = ['the disclosure', 'the hashtags'];
    expect(texts()).toEqual([{ target: 'pinboard', own: false, text, left }]);
    expect(postStatus(waiting(FEED))).not.toHaveProperty('texts');
  });

  it('has no link where the account has no page', () => {
    post = waiting(CARD);
    expect(texts()?.[0]?.text).toBe('Two times on one clock, and why.\n\nMade with AI.\n\n#harbor');
  });

  it('goes out as it is shown, the same on every attempt', () => {
    const text = texts()?.[0]?.text;
    const out = beginPublishing(post.out, ['feed', 'pinboard'], { revision: 1, now: NOW });
    post = { ...post, out };
    expect(editionFor(post, 'pinboard')).toMatchObject({ text, language: 'en', at: NOW.toISOString() });
    expect(editionFor(post, 'feed')).toMatchObject({ text: null });
    expect(editionFor(post, 'pinboard')).toEqual(editionFor(post, 'pinboard'));
  });
});

it("a sample that goes out says so at the end of each text, within the target's limit", () => {
  const account = sample.account({ targets: [FEED, CARD], samples: 'publish' });
  post = sample.made('hero_text', account);
  expect(texts()?.[0]?.text).toBe('Two times on one clock, and why.\n\n#harbor\n\n(offline sample)');
  expect(own('x'.repeat(43))).toBe('pinboard refuses the text: 61 of 60 characters');
  expect(own('x'.repeat(42))).toBeNull();
  expect(texts()?.[0]?.text).toBe(`${'x'.repeat(42)}\n\n(offline sample)`);
});

describe("a person's own text", () => {
  it('is a new revision, and stands in place of the fitted one until it is emptied', () => {
    const fitted = texts();
    expect(own('  Mine. ')).toBeNull();
    expect(post.decisions).toMatchObject({ revision: 2, status: 'awaiting_approval' });
    expect(texts()).toEqual([{ target: 'pinboard', text: 'Mine.', own: true, left: [] }]);
    expect(post.words.draft).toEqual(sample.draft);
    expect(own('')).toBeNull();
    expect(texts()).toEqual(fitted);
  });

  it.each([
    ['pinboard', 'x'.repeat(61), 'pinboard refuses the text: 61 of 60 characters'],
    ['pinboard', 'BUY NOW', 'pinboard refuses the text: it shouts'],
    ['feed', 'Mine', 'feed shows the whole post, and has no text of its own'],
    ['myspace', 'Mine', 'the account has no target myspace, only feed, pinboard'],
    ['pinboard', undefined, expect.stringContaining('target and text go together')],
    [undefined, 'Mine', expect.stringContaining('target and text go together')],
    [7, 'Mine', expect.stringContaining('target and text go together')],
  ])('for %s is refused with the reason: %s', (target, text, reason) => {
    expect(edit({ target, text })).toEqual(reason);
    expect(post.decisions.revision).toBe(1);
  });

  it('stays as it is when the words are edited, which a check says', () => {
    own('Mine.');
    edit({ body: 'Another body, of which no card has anything.' });
    expect(behind()).toEqual([]);
    edit({ caption: 'Another caption.' });
    expect(texts()).toMatchObject([{ text: 'Mine.', own: true }]);
    const detail = expect.stringContaining('pinboard') as string;
    expect(behind()).toEqual([{ rule: 'text.pinboard', ok: false, detail }]);
    own('Mine, again.');
    expect(behind()).toEqual([]);
  });

  it('may come with other words, and stands for the text that they make', () => {
    expect(edit({ caption: 'Another caption.', target: 'pinboard', text: 'Mine.' })).toBeNull();
    expect(post.words.draft?.caption).toBe('Another caption.');
    expect(texts()).toMatchObject([{ text: 'Mine.' }]);
    expect(behind()).toEqual([]);
  });

  it('is forgotten when the model writes the words again, and stays for another picture', () => {
    own('Mine.');
    say('revise', { instructions: 'darker', redo: 'image' });
    expect(texts()).toMatchObject([{ own: true }]);
    const words = putDraft(post.words, { ...sample.draft, caption: 'The model again.' });
    post = { ...post, words };
    const text = expect.stringContaining('The model again.') as string;
    expect(texts()).toMatchObject([{ own: false, text }]);
  });
});
