import { expect, it } from 'vitest';
import { loadAccount } from '../../config/accounts/load.js';
import { sharedRareWords } from './rare-words.js';
import { readChatSet, SET_ACCOUNT, SET_ACCOUNTS, type SetPost } from './read-set.js';

const BODY_LEAST_WORDS = 80;
const { posts, hidden, questions } = readChatSet();
const answerable = questions.filter((question) => question.posts.length > 0);
const unanswerable = questions.filter((question) => question.posts.length === 0);
const titleOf = new Map(posts.map(({ id, title }) => [id, title]));
const sharesTitle = ({ question, posts: ids }: (typeof questions)[number]): boolean =>
  ids.some((id) => sharedRareWords(question, titleOf.get(id)!).length > 0);

it('has sixty posts that are public and four that are not, each with an id of its own', () => {
  expect([posts.length, hidden.length]).toEqual([60, 4]);
  const ids = [...posts, ...hidden].map(({ id }) => id);
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
  expect([...posts, ...hidden].filter((post) => !keeps(post)).map(({ id }) => id)).toEqual([]);
  expect(posts.filter(({ body }) => body === null)).toHaveLength(4);
});

it('asks eighty questions, each once, sixty of them with the posts that answer it', () => {
  expect(new Set(questions.map(({ question }) => question)).size).toBe(80);
  expect([answerable.length, unanswerable.length]).toEqual([60, 20]);
  expect(answerable.flatMap((question) => question.posts).filter((id) => !titleOf.has(id))).toEqual([]);
});

it('asks half of them without a rare word of the title', () => {
  expect(answerable.filter((question) => !sharesTitle(question))).toHaveLength(30);
});

it('has ten questions far away from everything and ten that tempt, four of them answered only by what is not public', () => {
  expect(unanswerable.filter(({ nothing }) => nothing === 'far')).toHaveLength(10);
  expect(unanswerable.filter(({ nothing }) => nothing === 'tempting')).toHaveLength(10);
  const asked = unanswerable.flatMap(({ unpublished }) => unpublished ?? []);
  expect(asked.toSorted()).toEqual(hidden.map(({ id }) => id).toSorted());
});

it('takes two words for the same where they begin alike', () => {
  expect(sharedRareWords('it is ticking', 'The tick that follows you home')).toEqual(['ticking']);
  expect(sharedRareWords('how does a bracket creak?', 'The creaking brackets')).toEqual(['bracket', 'creak']);
  expect(sharedRareWords('what about your home', 'What is about your house')).toEqual([]);
});
