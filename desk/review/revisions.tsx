import type { Revision } from '../../contract/revision.js';
import { paragraphs } from '../shared/post-text.js';
import { assetPath, smallPath } from '../shared/addresses.js';
import { Time } from '../shared/layout.js';
import { RevisionChanges } from './changes.js';
import { ASSET_PATTERN } from '../../contract/ids.js';

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
              revision={revision}
              before={revisions.findLast((other) => other.revision < revision.revision) ?? null}
              language={language}
            />
          </details>
        </li>
      ))}
    </ol>
  );
}

function RevisionBody(props: { revision: Revision; before: Revision | null; language: string }) {
  const { revision, before, language } = props;
  const { title, body, caption, hashtags, altText, hero, clip } = revision;
  return (
    <div class="revision-body">
      {before && (
        <>
          <h3>Changed since revision {before.revision}</h3>
          <RevisionChanges before={before} after={revision} language={language} />
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
