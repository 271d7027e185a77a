import type { Kysely } from 'kysely';
import type { Schema } from '../schema.js';
import { isAbout } from './is-about.js';
import { readLivePosts } from './live-posts.js';
import { readCandidates, readPostings, readWords } from './match-words.js';
import type { PostQuestion } from './post-search.js';
import { rankByWords } from './rank-by-words.js';
import { searchConfiguration } from './search-configuration.js';
import { heaviest, weighWords } from './weigh-words.js';
import { writeWords } from './write-words.js';

/** How many posts are ranked with care, of those that have the most of the question's weight. */
const MOST_CANDIDATES = 50;

type Question = Pick<PostQuestion, 'account' | 'language' | 'question'>;

/**
 * The ids of the posts that have the question's words, the best first. Posts that nobody has asked about yet get their words
 * first: new ones, those of an archive that was imported, and all where the account changes its language.
 */
export async function findByWords(
  db: Kysely<Schema>,
  { account, language, question }: Question,
): Promise<string[]> {
  const configuration = searchConfiguration(language);
  const words = await readWords(db, configuration, question);
  if (words.length === 0) return [];
  const live = await readLivePosts(db, account, configuration);
  await writeWords(db, configuration, live.wordless);
  const postings = await readPostings(db, account, words);
  const asked = weighWords(words, postings, live.count);
  const candidates = await readCandidates(db, heaviest(postings, asked, MOST_CANDIDATES), words);
  return rankByWords(asked, candidates)
    .filter(isAbout)
    .map(({ postId }) => postId);
}
