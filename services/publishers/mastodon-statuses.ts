import { TargetFailure } from './publisher.js';
import type { MastodonClient, Status } from './mastodon-client.js';

const PAGE = 40;
const MOST_PAGES = 25;
/** How far apart the clocks of the instance and of this worker may be. */
const CLOCKS_MS = 5 * 60_000;

/**
 * Looks for a status among the account's own, newest first, as far back as a time.
 *
 * @param since ISO 8601
 * @returns null where there is certainly none
 * @throws TargetFailure where so much was published since that it can't be known
 */
export async function findOwn(
  client: MastodonClient,
  accountId: string,
  { since, isMeant }: { readonly since: string; readonly isMeant: (status: Status) => boolean },
): Promise<Status | null> {
  const earliest = Date.parse(since) - CLOCKS_MS;
  const lists = client.v1.accounts.$select(accountId).statuses.list({ limit: PAGE, excludeReblogs: true });
  let pages = 0;
  for await (const page of lists) {
    for (const status of page) {
      if (Date.parse(status.createdAt) < earliest) return null;
      if (isMeant(status)) return status;
    }
    pages += 1;
    if (pages === MOST_PAGES)
      throw new TargetFailure(
        'unknown',
        'Target.CannotLook',
        `the account has published more than ${PAGE * MOST_PAGES} statuses since`,
      );
  }
  return null;
}

/** Whether a status says a text. An instance makes HTML of it, each in its own way, so only letters and digits are compared. */
export const saysText = ({ content }: Pick<Status, 'content'>, text: string): boolean =>
  lettersOf(textOf(content)) === lettersOf(text);

/** A mention elsewhere is shown without its server. */
const lettersOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/@([\w.-]{1,64})@[\p{L}\p{N}_.-]{1,253}/gu, '@$1')
    .replace(/[^\p{L}\p{N}]+/gu, '');

/** The named entities are signs, which don't count. */
const textOf = (html: string): string =>
  html
    .replace(/<[^<>]*>/g, (tag) => (/^<\/?(?:p|br)\b/i.test(tag) ? ' ' : ''))
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|[a-z]{2,8});/gi, (_entity, decimal?: string, hex?: string) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '20', 16) : Number(decimal);
      return code <= 0x10_ff_ff ? String.fromCodePoint(code) : ' ';
    });
