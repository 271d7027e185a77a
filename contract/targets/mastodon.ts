import { fitText, hasMoreGraphemes } from './fit-text.js';
import type { TargetKind } from './target.js';

/** Of every instance that its admin has not given more (docs.joinmastodon.org/user/posting, "Text"). */
const MOST_CHARACTERS = 500;
/** A text of more is not counted, in UTF-16 units. */
const MOST_UNITS = 20_000;
/** What a link counts, however long it is (the same, "Links"). */
const LINK = 'x'.repeat(23);

/** An account on a Mastodon instance, or on another server that speaks Mastodon's API. */
export const mastodon: TargetKind = {
  kind: 'mastodon',
  settings: {
    instance: { form: 'address', meaning: 'the server of the account, such as https://mastodon.social' },
    token: { form: 'variable', meaning: 'the environment variable that holds its access token' },
  },
  fit: (words) => fitText(words, fits),
  limit: { most: MOST_CHARACTERS, address: LINK.length },
  refuses(text) {
    if (text.trim() === '') return 'the text is empty';
    return fits(text) ? null : `the text has more than ${MOST_CHARACTERS} characters`;
  },
};

const fits = (text: string): boolean =>
  text.length <= MOST_UNITS && !hasMoreGraphemes(countable(text), MOST_CHARACTERS);

const LINK_PATTERN = /(?<![\p{L}\p{N}_@#$])https?:\/\/[^\s<>]+/giu;
/** Signs of the sentence around a link, which are none of it. */
const AFTER_LINK = new Set('.,;:!?\'"”’»)]}…*');
/** What is longer is nobody's link, in characters. */
const LONGEST_LINK = 2_000;
/** A host by name: Mastodon makes no link of another, whose characters all count. */
const NAMED_HOST = /^https?:\/\/[^\s/?#:@]+\.\p{L}{2,63}(?=[/?#:]|$)/iu;
const REMOTE_MENTION = /(?<![\p{L}\p{N}_=/])(@[\w.-]{1,64})@[\p{L}\p{N}_.-]{0,252}[\p{L}\p{N}_]/gu;

/**
 * A text with as many characters as Mastodon counts: a link is 23, and of a mention the server's name is none ("Mentions" on the page
 * above). In doubt it counts more.
 */
function countable(text: string): string {
  const withoutLinks = text.replace(LINK_PATTERN, (found) => {
    let end = found.length;
    while (AFTER_LINK.has(found.charAt(end - 1))) end -= 1;
    return end <= LONGEST_LINK && NAMED_HOST.test(found.slice(0, end)) ? LINK + found.slice(end) : found;
  });
  return withoutLinks.replace(REMOTE_MENTION, '$1');
}
