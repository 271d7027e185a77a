import { diffWordsWithSpace } from 'diff';
import { ASSET_PATTERN } from '../../contract/ids.js';
import type { Revision } from '../../contract/revision.js';
import type { PostStatus } from '../../contract/status.js';
import { assetPath, smallPath } from '../kit/addresses.js';
import { Time } from '../kit/time.js';
import { paragraphs } from '../kit/post-text.js';
import type { PostView } from '../reading/reader.js';
import { FIELD_WORDS, textOf } from './decision-form.js';
import { FIELDS } from './limits.js';

interface RevisionsProps {
  /** The first one first. */
  readonly revisions: readonly Revision[];
  readonly language: string;
  readonly time: (iso: string) => string;
}

/** What was seen of a post, the newest first: each revision's words and picture, and what it changed. */
export function Revisions({ revisions, language, time }: RevisionsProps) {
  return (
    <ol class="plain revisions">
      {revisions.toReversed().map((revision) => (
        <li>
          <details>
            <summary>
              <strong>Revision {revision.revision}</strong> <span class="quiet">by {revision.by} · </span>
              <Time iso={revision.at} text={time(revision.at)} />
            </summary>
            {revision.note !== null && <p class="asked">Asked: {revision.note}</p>}
            <RevisionBody
              {...revision}
              before={revisions.findLast((other) => other.revision < revision.revision)}
              language={language}
            />
          </details>
        </li>
      ))}
    </ol>
  );
}

function RevisionBody(props: Revision & { before: Revision | undefined; language: string }) {
  const { before, language, title, body, caption, hashtags, altText, hero, clip } = props;
  return (
    <div class="revision-body">
      {before && (
        <>
          <h3>Changed since revision {before.revision}</h3>
          <RevisionChanges before={before} after={props} language={language} />
        </>
      )}
      {hero !== null && ASSET_PATTERN.test(hero) && (
        <img src={smallPath(hero, 480)} alt={altText} loading="lazy" decoding="async" />
      )}
      {clip !== null && ASSET_PATTERN.test(clip) && (
        <p>
          <a href={assetPath(clip)}>{clip}</a>
        </p>
      )}
      <div lang={language} dir="auto">
        <p>
          <strong>{title}</strong>
        </p>
        {body !== null && paragraphs(body).map((text) => <p>{text}</p>)}
        <p>{caption}</p>
        <p class="quiet">{hashtags.map((tag) => `#${tag}`).join(' ')}</p>
      </div>
    </div>
  );
}

/** One revision of a post; undefined for none, and for one that the archive has not. */
export const seenRevision = (revisions: readonly Revision[], number: number | null): Revision | undefined =>
  revisions.find(({ revision }) => revision === number);

type Words = Pick<PostStatus, 'title' | 'body' | 'caption' | 'hashtags' | 'altText' | 'texts'>;

/** A post at one revision, as far as it is compared. */
type Version = Words & Pick<PostView, 'hero' | 'clip'>;

/** What of a post differs between two revisions: each part that does, word by word, and its files. */
export function RevisionChanges(props: { before: Version; after: Version; language: string }) {
  const { before, after, language } = props;
  const parts = [
    ...FIELDS.map((field) => [FIELD_WORDS[field], textOf(before, field), textOf(after, field)] as const),
    ...targetTexts(before, after),
  ].filter(([, from, to]) => from !== to);
  const files = [
    ['Picture', before.hero, after.hero] as const,
    ['Clip', before.clip, after.clip] as const,
  ].filter(([, from, to]) => from !== to);
  if (parts.length + files.length === 0) return <p class="quiet">Its words and files are the same.</p>;
  return (
    <dl class="changes">
      {parts.map(([name, from, to]) => (
        <>
          <dt>{name}</dt>
          <dd lang={language} dir="auto">
            {wordDiff(from, to).map(({ text, kind }) =>
              kind === 'added' ? <ins>{text}</ins> : kind === 'removed' ? <del>{text}</del> : <>{text}</>,
            )}
          </dd>
        </>
      ))}
      {files.map(([name, from, to]) => (
        <>
          <dt>{name}</dt>
          <dd>
            <AssetLink asset={from} none="none" /> → <AssetLink asset={to} none="being made" />
          </dd>
        </>
      ))}
    </dl>
  );
}

/** Of the targets that both have a text for. */
const targetTexts = (before: Words, { texts = [] }: Words) =>
  texts.flatMap(({ target, text }) => {
    const earlier = before.texts?.find((one) => one.target === target);
    return earlier ? [[`Text for ${target}`, earlier.text, text] as const] : [];
  });

function AssetLink({ asset, none }: { asset: string | null; none: string }) {
  return asset === null ? <>{none}</> : <a href={assetPath(asset)}>{asset}</a>;
}

/** A stretch of text that both have, or that only the one before or the one after has. */
interface Stretch {
  readonly text: string;
  readonly kind: 'same' | 'removed' | 'added';
}

/** Texts that differ in more words than this are shown one after the other: nobody reads such a comparison, and it takes long. */
const MOST_EDITS = 1_000;
const TIMEOUT_MS = 200;

/** Two texts compared by words. */
export function wordDiff(before: string, after: string): Stretch[] {
  if (before === after) return before === '' ? [] : [{ text: before, kind: 'same' }];
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_EDITS, timeout: TIMEOUT_MS });
  const differ = [
    { value: before, added: false, removed: true },
    { value: after, added: true, removed: false },
  ];
  return (changes ?? differ)
    .filter(({ value }) => value !== '')
    .map(({ value, added, removed }) => ({
      text: value,
      kind: added ? 'added' : removed ? 'removed' : 'same',
    }));
}
