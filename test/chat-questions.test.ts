import { beforeAll, describe, expect, it } from 'vitest';
import { followUpIn } from '../activities/follow-up.js';
import { hostIntent } from '../activities/host-intent.js';
import { loadAccount } from '../config/accounts/load.js';
import type { Archive } from '../services/archive/archive.js';
import { borrowArchive } from './servers/borrow.js';
import { useArchive } from '../services/archive/testing/use-archive.js';
import {
  publishSet,
  sharedRareWords,
  readChatSet,
  SET_ACCOUNT,
  SET_ACCOUNTS,
  type SetQuestion,
} from './chat-questions/chat-set.js';

const OFFERED = 6;
const LEAST_RECALL = 0.9;

const set = readChatSet();
const { posts: published, hidden, questions } = set;
const answerable = questions.filter(({ posts }) => posts.length > 0);
const titleOf = new Map(published.map(({ id, title }) => [id, title]));

it('the set has sixty public posts and four hidden ones, and eighty questions, as its README says', () => {
  expect([published.length, hidden.length, answerable.length, questions.length]).toEqual([60, 4, 60, 80]);
  expect(new Set([...published, ...hidden].map(({ id }) => id)).size).toBe(64);
  expect(new Set(questions.map(({ question }) => question)).size).toBe(80);
  expect(answerable.flatMap(({ posts }) => posts).filter((id) => !titleOf.has(id))).toEqual([]);
  const sharesTitle = ({ question, posts }: SetQuestion): boolean =>
    posts.some((id) => sharedRareWords(question, titleOf.get(id)!).length > 0);
  expect(answerable.filter((question) => !sharesTitle(question))).toHaveLength(30);
  for (const kind of ['far', 'tempting'])
    expect(questions.filter(({ nothing }) => nothing === kind)).toHaveLength(10);
  const hiddenAsked = questions.flatMap(({ unpublished }) => unpublished ?? []);
  expect(hiddenAsked.toSorted()).toEqual(hidden.map(({ id }) => id).toSorted());
});

describe('what is no question to the posts', () => {
  const called = { name: 'Stand Two', handle: SET_ACCOUNT };

  it('has forty of the set', () => {
    const counts = [set.host, set.followUps, set.neither].map(({ length }) => length);
    expect(counts).toEqual([22, 8, 10]);
  });

  it.each(set.host)('%s: %s', (intent, question) => expect(hostIntent(question, called)).toBe(intent));

  it.each(set.followUps)('a follow-up: %s', (question) => {
    expect([hostIntent(question, called), followUpIn(question)]).toEqual([null, 'whole']);
  });

  it.each(set.neither)('neither: %s', (question) => {
    expect([hostIntent(question, called), followUpIn(question)]).not.toContain('whole');
    expect(hostIntent(question, called)).toBeNull();
  });

  it('is none of the questions that a post answers, nor of those far away', () => {
    const taken = questions.filter(
      ({ question }) => hostIntent(question, called) ?? followUpIn(question) === 'whole',
    );
    expect(taken).toEqual([]);
  });
});

describe('the search', () => {
  let archive: Archive;
  useArchive(borrowArchive, (opened) => (archive = opened));

  interface Asked extends SetQuestion {
    readonly offered: readonly string[];
  }
  const asked: Asked[] = [];

  beforeAll(async () => {
    await publishSet(archive, await loadAccount(SET_ACCOUNTS, SET_ACCOUNT), set);
    for (const question of set.questions) asked.push({ ...question, offered: await ask(question.question) });
  });

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
