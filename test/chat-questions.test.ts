import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadAccount } from '../config/accounts/load.js';
import type { Archive } from '../services/archive/archive.js';
import { openArchive } from '../services/archive/open.js';
import { useArchive } from '../services/archive/testing/use-archive.js';
import { publishSet } from './chat-questions/publish-set.js';
import { sharedRareWords } from './chat-questions/rare-words.js';
import {
  readChatSet,
  SET_ACCOUNT,
  SET_ACCOUNTS,
  type SetPost,
  type SetQuestion,
} from './chat-questions/read-set.js';

/** How many posts a chat is offered. */
const OFFERED = 6;
const LEAST_RECALL = 0.9;
const BODY_LEAST_WORDS = 80;

const set = readChatSet();
const { posts: published, hidden, questions } = set;
const answerable = questions.filter(({ posts }) => posts.length > 0);
const titleOf = new Map(published.map(({ id, title }) => [id, title]));

describe('the set', () => {
  it('has sixty posts that are public and four that are not, each with an id of its own', () => {
    expect([published.length, hidden.length]).toEqual([60, 4]);
    const ids = [...published, ...hidden].map(({ id }) => id);
    expect(new Set(ids).size).toBe(64);
    expect(ids.filter((id) => !/^[A-Za-z0-9]{12}$/.test(id))).toEqual([]);
  });

  it('keeps to the style of its account', async () => {
    const { style, planners } = await loadAccount(SET_ACCOUNTS, SET_ACCOUNT);
    const keeps = ({ title, body, caption, hashtags, altText, planner }: SetPost): boolean => {
      const words = body?.split(/\s+/).length ?? BODY_LEAST_WORDS;
      const isLongEnough = words >= BODY_LEAST_WORDS && words <= style.bodyMaxWords;
      const isShortEnough =
        title.length <= style.titleMaxCharacters && caption.length <= style.captionMaxCharacters;
      return isLongEnough && isShortEnough && hashtags.length === 3 && altText !== '' && planner in planners;
    };
    expect([...published, ...hidden].filter((post) => !keeps(post)).map(({ id }) => id)).toEqual([]);
    expect(published.filter(({ body }) => body === null)).toHaveLength(4);
  });

  it('asks eighty questions, each once, sixty of them with the posts that answer it', () => {
    expect(new Set(questions.map(({ question }) => question)).size).toBe(80);
    expect([answerable.length, questions.length]).toEqual([60, 80]);
    expect(answerable.flatMap(({ posts }) => posts).filter((id) => !titleOf.has(id))).toEqual([]);
  });

  it('asks half of them without a rare word of the title', () => {
    const sharesTitle = ({ question, posts }: SetQuestion): boolean =>
      posts.some((id) => sharedRareWords(question, titleOf.get(id)!).length > 0);
    expect(answerable.filter((question) => !sharesTitle(question))).toHaveLength(30);
  });

  it('has ten questions far away from everything and ten that tempt, four of them answered only by what is not public', () => {
    for (const kind of ['far', 'tempting'])
      expect(questions.filter(({ nothing }) => nothing === kind)).toHaveLength(10);
    const hiddenAsked = questions.flatMap(({ unpublished }) => unpublished ?? []);
    expect(hiddenAsked.toSorted()).toEqual(hidden.map(({ id }) => id).toSorted());
  });

  it('takes two words for the same where they begin alike', () => {
    expect(sharedRareWords('it is ticking', 'The tick that follows you home')).toEqual(['ticking']);
    expect(sharedRareWords('how does a bracket creak?', 'The creaking brackets')).toEqual([
      'bracket',
      'creak',
    ]);
    expect(sharedRareWords('what about your home', 'What is about your house')).toEqual([]);
  });
});

describe('the search', () => {
  const folder = mkdtempSync(join(tmpdir(), 'copydesk-questions-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let archive: Archive;
  useArchive(
    () => openArchive({ databaseUrl: null, folder }),
    (opened) => (archive = opened),
  );

  interface Asked extends SetQuestion {
    readonly offered: readonly string[];
  }
  const asked: Asked[] = [];

  beforeAll(async () => {
    await publishSet(archive, await loadAccount(SET_ACCOUNTS, SET_ACCOUNT), set);
    for (const question of set.questions) asked.push({ ...question, offered: await ask(question.question) });
  }, 120_000);

  const ask = async (question: string): Promise<string[]> => {
    const found = await archive.postSearch.find({
      ...{ account: SET_ACCOUNT, language: 'en', question, embedding: null, limit: OFFERED },
    });
    return found.map(({ postId }) => postId);
  };

  const isMissed = ({ posts, offered }: Asked): boolean =>
    posts.length > 0 && !posts.some((id) => offered.includes(id));

  it('offers the post that answers for nine in ten of the questions that have one, by words alone', () => {
    const missed = asked
      .filter(isMissed)
      .map(({ question, posts, offered }) => ({ question, posts, offered }));
    expect(1 - missed.length / answerable.length, JSON.stringify(missed, null, 1)).toBeGreaterThanOrEqual(
      LEAST_RECALL,
    );
  });

  it('offers nothing but what is public, also where a hidden post has the answer', () => {
    expect(asked.flatMap(({ offered }) => offered).filter((id) => !titleOf.has(id))).toEqual([]);
  });

  it('offers at most six, each once', () => {
    const wrong = asked.filter(
      ({ offered }) => offered.length > OFFERED || new Set(offered).size < offered.length,
    );
    expect(wrong).toEqual([]);
  });

  it('offers a post no more from the moment on in which it is taken back', async () => {
    const { question, posts } = asked.find((one) => one.posts.length > 0 && !isMissed(one))!;
    for (const postId of posts) {
      await archive.records.unpublishPost({ postId, by: 'tess', reason: null, at: new Date().toISOString() });
    }
    const offered = await ask(question);
    expect(offered.filter((id) => posts.includes(id))).toEqual([]);
  });
});
