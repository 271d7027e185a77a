import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadAccount } from '../config/accounts/load.js';
import type { Archive } from '../services/archive/archive.js';
import { openArchive } from '../services/archive/open.js';
import { useArchive } from '../services/archive/testing/use-archive.js';
import { publishSet } from './chat-questions/publish-set.js';
import { readChatSet, SET_ACCOUNT, SET_ACCOUNTS, type SetQuestion } from './chat-questions/read-set.js';

/** How many posts a chat is offered. */
const OFFERED = 6;
const LEAST_RECALL = 0.9;

const set = readChatSet();
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
  const missed = asked.filter(isMissed).map(({ question, posts, offered }) => ({ question, posts, offered }));
  const answerable = asked.filter(({ posts }) => posts.length > 0).length;
  expect(1 - missed.length / answerable, JSON.stringify(missed, null, 1)).toBeGreaterThanOrEqual(
    LEAST_RECALL,
  );
});

it('offers nothing but what is public, also where a hidden post has the answer', () => {
  const published = new Set(set.posts.map(({ id }) => id));
  expect(asked.flatMap(({ offered }) => offered).filter((id) => !published.has(id))).toEqual([]);
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
