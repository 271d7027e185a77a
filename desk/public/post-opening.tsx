import type { PostView } from '../reading/reader.js';
import { printableText, TITLE_LIMIT } from '../safety/printable.js';
import { accountPath } from '../kit/addresses.js';
import { OfflineMark } from '../kit/layout.js';
import { PostHeadline } from './post-headline.js';

/** What a post begins with: title, byline and when it was published. */
export function PostOpening({ view, now }: { view: PostView; now: Date }) {
  const { account, status } = view;
  return (
    <header class="opening">
      <h1 lang={account.language} dir="auto">
        {printableText(status.title, TITLE_LIMIT)}
      </h1>
      <p class="byline">
        By{' '}
        <a rel="author" href={accountPath(account.handle)}>
          <bdi>{account.name}</bdi>
        </a>{' '}
        {status.offline && <OfflineMark of={status} />}
      </p>
      <PostHeadline view={view} now={now} />
    </header>
  );
}
