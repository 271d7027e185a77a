import type { HouseStyle } from '../account.js';
import {
  DRAFT_LIMITS,
  HASHTAG_CHARACTERS,
  charactersOf,
  isHashtag,
  paragraphsOf,
  wordsOf,
  type Draft,
} from '../draft.js';
import { landsOn } from './lands-on.js';

/** The banned phrases that stand in any of the texts: in any case, with any quotes, across any white space. */
function bannedIn(texts: readonly (string | null)[], phrases: readonly string[]): string[] {
  const all = even(texts.filter((text) => text !== null).join('\n'));
  return phrases.filter((phrase) => all.includes(even(phrase)));
}

/** Null where none of the phrases stands in the texts. */
export function bannedDetail(texts: readonly (string | null)[], phrases: readonly string[]): string | null {
  const found = bannedIn(texts, phrases).map((phrase) => `"${phrase}"`);
  if (found.length === 0) return null;
  return found.length === 1
    ? `the phrase ${found[0]} is banned`
    : `the phrases ${found.join(', ')} are banned`;
}

const even = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[‘’ʼ]/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/\s+/g, ' ')
    .trim();

/** What a rule says of a draft: null where it holds, undefined where it is not for this draft or this style. */
type Verdict = string | null | undefined;
type Rule = (draft: Draft, style: HouseStyle, button: string) => Verdict;

/** The rules of the house style, by the names that the status shows, in the order of a draft's parts. */
export const RULES: Readonly<Record<string, Rule>> = {
  'title.length': ({ title }, style) => longer('the title', title, style.titleMaxCharacters),

  'body.paragraphs': ({ body }, { bodyMinParagraphs: least }) => {
    if (body === null) return undefined;
    const { length } = paragraphsOf(body);
    return length >= least
      ? null
      : `the body has ${plural(length, 'paragraph')}, at least ${least} asked for`;
  },
  'body.words': ({ body }, { bodyMaxWords: most }) => {
    if (body === null) return undefined;
    const words = wordsOf(body);
    return words <= most ? null : `the body has ${plural(words, 'word')}, at most ${most} asked for`;
  },
  'body.length': ({ body }) => (body === null ? undefined : longer('the body', body, DRAFT_LIMITS.body)),

  'caption.length': ({ caption }, style) => longer('the caption', caption, style.captionMaxCharacters),

  'hashtags.count': ({ hashtags: { length } }, { hashtagsMin: least, hashtagsMax: most }) =>
    length >= least && length <= most
      ? null
      : `${plural(length, 'hashtag')}, ${range(least, most)} asked for`,
  'hashtags.form': ({ hashtags }) => {
    const odd = hashtags
      .filter((tag) => !isHashtag(tag))
      .map((tag) => `"${tag.slice(0, HASHTAG_CHARACTERS)}"`);
    if (odd.length === 0) return null;
    const [are, words] = odd.length === 1 ? ['is not', 'one word'] : ['are not', 'single words'];
    return `${odd.join(', ')} ${are} ${words} of letters, digits and _ for a hashtag, at most ${HASHTAG_CHARACTERS} characters`;
  },

  'imagePrompt.length': ({ imagePrompt }) =>
    longer('the prompt of the picture', imagePrompt, DRAFT_LIMITS.imagePrompt),
  'shot.length': ({ shot }) => (shot === null ? undefined : longer('the shot', shot, DRAFT_LIMITS.shot)),
  'altText.length': ({ altText }) =>
    altText === ''
      ? 'there is no alt text: say what the picture shows'
      : longer('the alt text', altText, DRAFT_LIMITS.altText),

  banned: ({ title, body, caption, altText }, { bannedPhrases }) =>
    bannedDetail([title, body, caption, altText], bannedPhrases),

  // A style that asks for it; else the prompt does, and nobody is told of a rule that the account does not have.
  button: ({ body, caption }, { buttonLast }, button) => {
    if (!buttonLast) return undefined;
    const part = body === null ? 'caption' : 'body';
    const last = paragraphsOf(body ?? caption).at(-1) ?? '';
    return landsOn(last, button)
      ? null
      : `the last paragraph of the ${part} does not land on the button "${oneLine(button)}"`;
  },
};

function longer(what: string, text: string, most: number): string | null {
  const characters = charactersOf(text);
  return characters <= most ? null : `${what} has ${characters} characters, at most ${most} asked for`;
}

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const range = (least: number, most: number): string =>
  least === most ? `exactly ${least}` : `between ${least} and ${most}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
