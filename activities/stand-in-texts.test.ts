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
import { kept, perform } from './testing/stage.js';
import { useStage } from './testing/use-stage.js';

const HANDLES = ['ashtalksai', 'crumbandcrust'] as const;
const accounts = new Map<string, Account>();
const stage = useStage();
beforeAll(async () => {
  for (const handle of HANDLES) accounts.set(handle, await loadAccount('accounts', handle));
}, 120_000);

// Each is a call of its own: the archive keeps the first charge of a key.
let asks = 0;

/** What was written, without a miss of the house style. */
async function drafted(of: DraftTask['post'], revise: DraftTask['revise'] = null): Promise<Draft> {
  const task = { post: of, run: 'run1', revision: 1, call: (asks += 1), again: null, revise, last: false };
  const { misses, value } = kept(await perform(createDraft(stage.services()).draft, task));
  expect(misses).toEqual([]);
  return value;
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
    'as a %s: "%s" holds every rule, the button last',
    async (format, _title, post) => {
      const of = inputOf(format, handle, post);
      const style = { ...of.account.style, buttonLast: true };
      const draft = await drafted({ ...of, account: { ...of.account, style } });
      expect(draft.title).toBe(post.title);
      expect(draft.altText).toMatch(/^Sample picture: /);
      expect((draft.body ?? draft.caption).endsWith(post.button)).toBe(true);
      if (draft.body === null) return expect(draft.caption).toBe(`${post.clip}\n\n${post.button}`);
      expect(draft.body).toBe(post.body);
      expect(wordsOf(draft.body)).toBeGreaterThanOrEqual(220);
      expect(wordsOf(draft.body)).toBeLessThanOrEqual(420);
      expect(draft.caption).toBe(post.caption);
    },
  );
});

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
    const page = { batchId: 'Zr4hK8vYp1Nc', planner: 'ports', mix: { video: 2, hero_text: 18 }, page: 1 };
    const task = {
      ...page,
      account,
      call: (asks += 1),
      again: null,
      run: 'run1',
      titlesSoFar: [],
      brief: null,
      last: true,
    };
    const { value } = kept(await perform(createPlan(stage.services()).plan, task));
    expect(value.flatMap(({ checks }) => checks)).toEqual([]);
    for (const planned of [value[0], value[19]]) {
      const { contentFormat, title, plan } = planned!;
      expect((await drafted(harborPost(contentFormat, { account, title, plan }))).title).toBe(title);
    }
  });
});

describe('a revision', () => {
  const ash = samplePosts('ashtalksai')[1] as SamplePost;
  const of = (format: string): DraftTask['post'] => inputOf(format, 'ashtalksai', ash);
  /** What is written when what was `read` of a format is sent back with a note. */
  const revise = (instructions: string, read: Draft, format = 'hero_text'): Promise<Draft> =>
    drafted(of(format), { instructions, draft: read });
  const saidIn = ({ body, caption }: Draft): string => body ?? caption;
  const sentences = (text: string): number => text.split(/[.!?](?=\s|$)/).length;

  describe.each(FORMAT_NAMES)('of a %s', (format) => {
    it('that is asked to be shorter has fewer sentences, and its button', async () => {
      const read = await drafted(of(format));
      const [before, after] = [saidIn(read), saidIn(await revise('A bit shorter, please.', read, format))];
      expect(sentences(after)).toBeLessThan(sentences(before));
      expect(after.endsWith(ash.button)).toBe(true);
      expect(after.split('\n\n').length).toBe(before.split('\n\n').length);
    });

    it('takes any other note up in quotes, and keeps what was read', async () => {
      const read = await drafted(of(format));
      const draft = await revise('Mention the\nnight shift.', read, format);
      expect(saidIn(draft)).toMatch(/^Sample answer to the note “Mention the night shift\.”/);
      expect(saidIn(draft).endsWith(ash.button)).toBe(true);
      if (read.body !== null) expect(draft.body?.endsWith(read.body)).toBe(true);
      // The words alone are made anew, so the picture's description must stay true.
      const { hashtags, imagePrompt, altText } = read;
      expect(draft).toMatchObject({ hashtags, imagePrompt, altText });
    });
  });

  it('starts from what a person wrote, and answers each note in the place of the last', async () => {
    const body = 'One of mine.\n\nAnother.\n\nA third. It ends otherwise.';
    const mine = { ...(await drafted(of('hero_text'))), title: 'My title', body, caption: 'Mine.' };
    const first = await revise('Mention trams.', mine);
    expect(first).toMatchObject({ title: 'My title', caption: 'Mine.' });
    expect((await revise('Mention ferries.', first)).body).toBe(
      `Sample answer to the note “Mention ferries.”: here a model would have rewritten the piece.\n\n${body}`,
    );
  });

  it('quotes no banned phrase, and makes room where there is little', async () => {
    const read = await drafted(of('hero_text'));
    const banned = await revise('Say that it is a game changer.', read);
    expect(banned.body).toMatch(/^Sample answer to the note: /);
    const body = `${'It is a long day. '.repeat(70).trim()}\n\n${'And so on. '.repeat(50).trim()}\n\nThe end.`;
    const long = await revise('Mention trams.', { ...read, body });
    expect(long.body).toMatch(/^Sample answer to the note “Mention trams\.”/);
    expect(charactersOf(long.body ?? '')).toBeLessThan(charactersOf(body));
  });
});
