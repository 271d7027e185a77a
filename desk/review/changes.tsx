import type { PostStatus } from '../../contract/status.js';
import { assetPath } from '../shared/addresses.js';
import { FIELD_WORDS, textOf } from './decision-form.js';
import { FIELDS } from './limits.js';
import { wordDiff } from './word-diff.js';

type Words = Pick<PostStatus, 'title' | 'body' | 'caption' | 'hashtags' | 'altText' | 'texts'>;

/** A post at one revision, as far as it is compared. */
export interface Version extends Words {
  readonly hero: string | null;
  readonly clip: string | null;
}

/** What of a post differs between two revisions: each part that does, word by word, and its files. */
export function RevisionChanges({
  before,
  after,
  language,
}: {
  before: Version;
  after: Version;
  language: string;
}) {
  const parts = [
    ...FIELDS.map((field) => ({
      name: FIELD_WORDS[field],
      from: textOf(before, field),
      to: textOf(after, field),
    })),
    ...targetsIn(before, after).map((target) => ({
      name: `Text for ${target}`,
      from: targetTextIn(before, target),
      to: targetTextIn(after, target),
    })),
  ].filter(({ from, to }) => from !== to);
  const files = [
    { name: 'Picture', from: before.hero, to: after.hero },
    { name: 'Clip', from: before.clip, to: after.clip },
  ].filter(({ from, to }) => from !== to);
  if (parts.length + files.length === 0) return <p class="quiet">Its words and files are the same.</p>;
  return (
    <dl class="changes">
      {parts.map(({ name, from, to }) => (
        <>
          <dt>{name}</dt>
          <dd lang={language} dir="auto">
            <WordDiff before={from} after={to} />
          </dd>
        </>
      ))}
      {files.map(({ name, from, to }) => (
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

/** The targets that both have a text for: of an earlier version's revisions nothing is known. */
const targetsIn = (before: Words, after: Words): string[] =>
  (after.texts ?? []).flatMap(({ target }) =>
    before.texts?.some((text) => text.target === target) ? [target] : [],
  );

const targetTextIn = ({ texts = [] }: Words, name: string): string =>
  texts.find(({ target }) => target === name)?.text ?? '';

function WordDiff({ before, after }: { before: string; after: string }) {
  return (
    <>
      {wordDiff(before, after).map(({ text, kind }) =>
        kind === 'added' ? <ins>{text}</ins> : kind === 'removed' ? <del>{text}</del> : <>{text}</>,
      )}
    </>
  );
}

function AssetLink({ asset, none }: { asset: string | null; none: string }) {
  return asset === null ? <>{none}</> : <a href={assetPath(asset)}>{asset}</a>;
}
