import { dollars } from '../../contract/money/nano.js';
import { editedAt } from '../../contract/revision.js';
import { stateWords } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { printableText, TITLE_LIMIT } from '../http/printable.js';
import type { PostView } from '../reading/reader.js';
import { billedWords } from '../post/record.js';
import { accountPath } from '../kit/addresses.js';
import { OfflineMark } from '../kit/layout.js';
import { paragraphs } from '../kit/post-text.js';
import { ago, clockTime, Time } from '../kit/time.js';

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

/**
 * `published · May 11, 15:18 · $0.06 total · published 48d ago`. To a visitor of a record that stays at the desk it tells no
 * state and no cost.
 */
function PostHeadline({ view, now }: { view: PostView; now: Date }) {
  const { account, status, publishedAt, wholeRecord } = view;
  const at = publishedAt ?? status.createdAt;
  const edited = editedAt(status);
  const time = (iso: string) => <Time iso={iso} text={clockTime(iso, account.timeZone, now)} />;
  const facts = [
    wholeRecord && (view.isPublic ? 'published' : stateWords(status.status)),
    status.status === 'scheduled' && status.slot !== null ? <>for {time(status.slot)}</> : time(at),
    wholeRecord && `${dollars(status.costUsd)} total`,
    wholeRecord && status.unknownUsd > 0 && `${dollars(status.unknownUsd)} more of unknown outcome`,
    wholeRecord && billedWords(status),
    edited !== null && <Time iso={edited} text={`edited ${clockTime(edited, account.timeZone, now)}`} />,
    <Time iso={at} text={`${publishedAt ? 'published' : 'started'} ${ago(at, now)}`} />,
  ].filter(Boolean);
  return (
    <p class="headline">
      {facts.map((fact, index) => (
        <>
          {index > 0 && ' · '}
          {fact}
        </>
      ))}
    </p>
  );
}

/** What there is to read: the article with its caption set apart, or the caption alone; then the hashtags. */
export function PostText({ status, language }: { status: PostStatus; language: string }) {
  const { body, caption, hashtags } = status;
  const text = paragraphs(body ?? caption);
  return (
    <>
      <div class="reading" lang={language}>
        {text.map((paragraph) => (
          <p dir="auto">{paragraph}</p>
        ))}
        {body !== null && caption !== '' && (
          <p class="caption" dir="auto">
            {caption}
          </p>
        )}
      </div>
      <Hashtags of={hashtags} language={language} />
    </>
  );
}

/** Hashtags as quiet chips; nothing where there are none. */
export function Hashtags({ of: tags, language }: { of: readonly string[]; language: string }) {
  if (tags.length === 0) return <></>;
  return (
    <ul class="plain tags" role="list" aria-label="Hashtags" lang={language}>
      {tags.map((tag) => (
        <li dir="auto">{`#${tag}`}</li>
      ))}
    </ul>
  );
}
