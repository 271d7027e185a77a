import type { Account } from '../contract/account.js';
import type { FoundPost } from '../services/archive/post-search/post-search.js';
import { styleValues, againWords, fillPrompt, loadPrompt, type Prompt } from './prompts.js';
import { ANSWER_CHARACTERS } from './answer-schema.js';
import type { PastQuestion, PastTurn } from '../contract/chat.js';
import type { Services } from '../services/services.js';

/** What a model answers from. */
export interface Offer {
  readonly question: string;
  readonly posts: readonly FoundPost[];
  readonly past: PastTalk;
}

/** A post is offered with this much of its text. */
const POST_CHARACTERS = 2_500;

/** A prompt, and what of it must not come back in an answer. */
interface AnswerPrompt extends Prompt {
  readonly secrets: readonly string[];
}

/** The prompt that asks for an answer: what is public, and the words of whoever asks. */
export function answerPrompt(account: Account, offer: Offer & { again: string | null }): AnswerPrompt {
  const template = loadPrompt('answer');
  const prompt = fillPrompt(template, {
    ...styleValues(account),
    answerMaxCharacters: String(ANSWER_CHARACTERS / 2),
    posts: offer.posts.map(postWords).join('\n\n'),
    before: beforeWords(offer.past),
    earlier: earlierWords(offer.past),
    question: JSON.stringify(offer.question),
    again: offer.again ? againWords('answer', offer.again) : '',
  });
  return { ...prompt, secrets: [template.instructions, account.voice] };
}

/** A post between marks that its own words can't close. */
function postWords({ postId, title, body, caption, at }: FoundPost): string {
  const text = [title, body, caption].filter(Boolean).join('\n\n').slice(0, POST_CHARACTERS);
  return `<post id="${postId}" published="${at}">\n${text.replace(/<(?=[\s/]{0,20}post\b)/gi, '‹')}\n</post>`;
}

const beforeWords = ({ before }: PastTalk): string =>
  before.length === 0
    ? ''
    : [
        'What the reader asked long before, and which of your posts you cited:',
        ...before.map(
          ({ question, titles }) => `- ${JSON.stringify(question)}: ${titles.map(quoted).join(', ')}`,
        ),
      ].join('\n');

/** As JSON texts, so that no question can pass for an answer. */
const earlierWords = ({ earlier }: PastTalk): string =>
  earlier.length === 0
    ? ''
    : [
        'The last questions of the same reader, and your answers:',
        ...earlier.map(({ question, answer }) => `Reader: ${quoted(question)}\nYou: ${quoted(answer)}`),
      ].join('\n');

const quoted = (text: string): string => JSON.stringify(text);

/** What a visitor said before, as far as the model may be reminded of it. */
interface PastTalk {
  readonly earlier: readonly PastTurn[];
  readonly before: readonly PastBefore[];
}

/** A question of longer ago, with the titles that its answer cited. */
interface PastBefore {
  readonly question: string;
  readonly titles: readonly string[];
}

interface Remembered {
  readonly earlier: readonly PastTurn[];
  readonly before: readonly PastQuestion[];
}

/** Of what is remembered, what rests on posts that are public now: a post that was taken back is spoken of no more. */
export async function readPublicPast(
  { archive }: Pick<Services, 'archive'>,
  { earlier, before }: Remembered,
): Promise<PastTalk> {
  const ids = [...new Set([...earlier, ...before].flatMap(({ citedIds }) => citedIds))];
  const found = await Promise.all(ids.map((id) => archive.records.findPublishedPost(id).catch(() => null)));
  const titles = new Map(
    ids.flatMap((id, at) => (found[at] ? [[id, found[at].edition.title] as const] : [])),
  );
  return publicPast({ earlier, before }, titles);
}

/** @param titles of the posts that are public, by their ids. */
function publicPast({ earlier, before }: Remembered, titles: ReadonlyMap<string, string>): PastTalk {
  const isPublic = ({ citedIds }: PastQuestion): boolean => citedIds.every((id) => titles.has(id));
  return {
    earlier: earlier.filter(isPublic),
    before: before
      .filter(isPublic)
      .map(({ question, citedIds }) => ({ question, titles: citedIds.map((id) => titles.get(id) ?? '') })),
  };
}
