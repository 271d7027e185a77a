/** What the stand-in writes, held to what Copydesk asks for: by the real prompts, over HTTP. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../config/accounts/load.js';
import type { Account, Freshness, HouseStyle } from '../contract/account.js';
import { charactersOf, wordsOf, type Draft } from '../contract/draft.js';
import { FORMAT_NAMES } from '../contract/formats/registry.js';
import { samplePosts, type SamplePost } from '../offline/openai/sample-posts.js';
import { createDraft, type DraftTask } from './draft.js';
import { repeatsIn } from './freshness.js';
import { createPlan } from './plan.js';
import { account as harbor, post as harborPost } from './testing/samples.js';
import { perform, type Stage } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const HANDLES = ['ashtalksai', 'crumbandcrust'] as const;
const accounts = new Map<string, Account>();
let stage: Stage;
useStage((opened) => (stage = opened));
beforeAll(async () => {
  for (const handle of HANDLES) accounts.set(handle, await loadAccount('accounts', handle));
}, 120_000);

// Each is a call of its own: the archive keeps the first charge of a key.
let asks = 0;

/** What was written, without a miss of the house style. */
async function drafted(of: DraftTask['post'], revise: DraftTask['revise'] = null): Promise<Draft> {
  const attempt = await perform(createDraft(stage.services()).draft, {
    ...{ post: of, revision: 1, call: (asks += 1), again: null, revise, last: false },
  });
  if (attempt.outcome !== 'kept') throw new Error(`${attempt.outcome}, not kept`);
  expect(attempt.misses).toEqual([]);
  return attempt.value;
}

const inputOf = (format: string, handle: string, post: SamplePost): DraftTask['post'] => {
  const { topic, angle, rationale, button } = post;
  return harborPost(format, {
    account: accounts.get(handle) as Account,
    planner: post.planner,
    title: post.title,
    plan: { topic, angle, rationale, newsPeg: null, button },
  });
};

describe.each(HANDLES)('the posts of @%s', (handle) => {
  const posts = samplePosts(handle);

  it('are ten, of every planner, and no two are alike', () => {
    const planners = Object.keys((accounts.get(handle) as Account).planners);
    expect(posts).toHaveLength(10);
    expect(new Set(posts.map(({ planner }) => planner))).toEqual(new Set(planners));
    for (const field of ['title', 'topic', 'button', 'body', 'caption', 'clip', 'image', 'shot'] as const)
      expect(new Set(posts.map((post) => post[field])).size).toBe(10);
  });

  it('are fresh beside each other, as a plan is held to it', () => {
    const { similarity } = (accounts.get(handle) as Account).freshness as Freshness;
    expect(repeatsIn(posts, [], similarity)).toEqual(posts.map(() => null));
  });

  it.each(posts.flatMap((post) => FORMAT_NAMES.map((format) => [format, post.title, post] as const)))(
    'as a %s: "%s" holds every rule of the house style, the button last among them',
    async (format, _title, post) => {
      const of = inputOf(format, handle, post);
      const style = { ...of.account.style, buttonLast: true };
      const draft = await drafted({ ...of, account: { ...of.account, style } });
      expect(draft.title).toBe(post.title);
      expect(draft.altText).toMatch(/^Sample picture: /);
      expect(draft.body === null ? draft.caption : draft.body).toMatch(
        new RegExp(`${literal(post.button)}$`),
      );
      if (draft.body === null) return expect(draft.caption).toBe(`${post.clip}\n\n${post.button}`);
      expect(draft.body).toBe(post.body);
      expect(wordsOf(draft.body)).toBeGreaterThanOrEqual(220);
      expect(wordsOf(draft.body)).toBeLessThanOrEqual(420);
      expect(draft.caption).toBe(post.caption);
    },
  );
});

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** House styles at the ends of what an account file may ask for. */
const STYLES: Readonly<Record<string, Partial<HouseStyle>>> = {
  'as short as may be': {
    ...{ titleMaxCharacters: 10, captionMaxCharacters: 20, bodyMinParagraphs: 1, bodyMaxWords: 20 },
    ...{ hashtagsMin: 0, hashtagsMax: 0 },
  },
  'many paragraphs of few words': { bodyMinParagraphs: 30, bodyMaxWords: 60 },
  'many long paragraphs': { bodyMinParagraphs: 50, bodyMaxWords: 5_000 },
  'as many hashtags as may be': { hashtagsMin: 30, hashtagsMax: 30 },
  'the usual words banned': {
    bannedPhrases: ['sample', 'text', 'model', 'placeholder', 'here', 'piece', 'more', 'stand', 'none'],
  },
  'phrases banned that the plan has': { bannedPhrases: ['ports', 'topic', 'words', 'picture', 'shapes'] },
  'nothing banned': { bannedPhrases: [] },
};

describe.each(Object.entries(STYLES))('a placeholder, with %s', (_name, change) => {
  const account = { ...harbor, style: { ...harbor.style, buttonLast: true, ...change } };

  it('holds every rule, from its plan to both of its formats', async () => {
    const attempt = await perform(createPlan(stage.services()).plan, {
      ...{ batchId: 'Zr4hK8vYp1Nc', account, planner: 'ports', mix: { video: 2, hero_text: 18 } },
      ...{ page: 1, call: (asks += 1), again: null, titlesSoFar: [], brief: null },
    });
    if (attempt.outcome !== 'kept') throw new Error(`${attempt.outcome}, not kept`);
    expect(attempt.value.flatMap(({ checks }) => checks)).toEqual([]);
    for (const planned of [attempt.value[0], attempt.value[19]]) {
      const { contentFormat, title, plan } = planned as NonNullable<typeof planned>;
      const draft = await drafted(harborPost(contentFormat, { account, title, plan }));
      expect(draft.title).toBe(title);
    }
  });
});

describe('a revision', () => {
  const [, ash] = samplePosts('ashtalksai');
  const of = (format: string): DraftTask['post'] => inputOf(format, 'ashtalksai', ash as SamplePost);
  const revise = async (format: string, instructions: string, change: Partial<Draft> = {}) => {
    const read = { ...(await drafted(of(format))), ...change };
    return { read, draft: await drafted(of(format), { instructions, draft: read }) };
  };
  const sentences = (text: string | null): number => (text ?? '').split(/[.!?](?=\s|$)/).length;

  it.each(FORMAT_NAMES)(
    'of a %s that is asked to be shorter has fewer sentences, and its button',
    async (format) => {
      const { read, draft } = await revise(format, 'A bit shorter, please.');
      const [before, after] = [read.body ?? read.caption, draft.body ?? draft.caption];
      expect(sentences(after)).toBeLessThan(sentences(before));
      expect(after.endsWith(ash?.button ?? '?')).toBe(true);
      expect(after.split('\n\n').length).toBe(before.split('\n\n').length);
    },
  );

  it.each(FORMAT_NAMES)(
    'of a %s takes any other note up in quotes, and keeps what was read',
    async (format) => {
      const { read, draft } = await revise(format, 'Mention the\nnight shift.');
      const said = draft.body ?? draft.caption;
      expect(said).toMatch(/^Sample answer to the note “Mention the night shift\.”/);
      expect(said.endsWith(ash?.button ?? '?')).toBe(true);
      if (read.body !== null) expect(draft.body?.endsWith(read.body)).toBe(true);
      expect(draft.hashtags).toEqual(read.hashtags);
      // The words alone are made anew, so the picture's description must stay true.
      expect([draft.imagePrompt, draft.altText]).toEqual([read.imagePrompt, read.altText]);
    },
  );

  it('starts from what a person wrote, and answers each note in the place of the last', async () => {
    const mine = 'One of mine.\n\nAnother.\n\nA third. It ends otherwise.';
    const first = await revise('hero_text', 'Mention trams.', {
      title: 'My title',
      body: mine,
      caption: 'Mine.',
    });
    expect(first.draft).toMatchObject({ title: 'My title', caption: 'Mine.' });
    const second = await revise('hero_text', 'Mention ferries.', first.draft);
    expect(second.draft.body).toBe(
      `Sample answer to the note “Mention ferries.”: here a model would have rewritten the piece.\n\n${mine}`,
    );
  });

  it('quotes no banned phrase, and makes room where there is little', async () => {
    const { draft } = await revise('hero_text', 'Say that it is a game changer.');
    expect(draft.body).toMatch(/^Sample answer to the note: /);
    const full = `${'It is a long day. '.repeat(70).trim()}\n\n${'And so on. '.repeat(50).trim()}\n\nThe end.`;
    const long = await revise('hero_text', 'Mention trams.', { body: full });
    expect(long.draft.body).toMatch(/^Sample answer to the note “Mention trams\.”/);
    expect(charactersOf(long.draft.body ?? '')).toBeLessThan(charactersOf(full));
  });
});
