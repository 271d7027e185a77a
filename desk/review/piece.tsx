import { paragraphs } from '../shared/post-text.js';
import { assetPath } from '../shared/addresses.js';
import type { PostView } from '../reading/reader.js';
import { targetLimits } from '../reading/target-kinds.js';
import { TargetTexts } from '../record/target-texts.js';

/** What readers will see of a post: its picture or clip, and its words. */
export function Piece({ view }: { view: PostView }) {
  const { status, account } = view;
  return (
    <>
      <Media view={view} />
      <div lang={account.language} dir="auto">
        {status.body !== null && (
          <div class="prose body">
            {paragraphs(status.body).map((text) => (
              <p>{text}</p>
            ))}
          </div>
        )}
        {status.caption !== '' && <p class="caption prose">{status.caption}</p>}
        {status.hashtags.length > 0 && (
          <ul class="plain tags" aria-label="Hashtags">
            {status.hashtags.map((tag) => (
              <li>#{tag}</li>
            ))}
          </ul>
        )}
      </div>
      {status.altText !== '' && (
        <p class="quiet">
          <span class="key">Alt text</span>{' '}
          <span lang={account.language} dir="auto">
            {status.altText}
          </span>
        </p>
      )}
      <TargetTexts texts={status.texts ?? []} limitOf={targetLimits(account)} language={account.language} />
    </>
  );
}

/** The newest picture or clip of a post. */
export function Media({ view: { status, hero, clip } }: { view: PostView }) {
  if (clip) {
    return (
      <video
        class="media clip"
        controls
        loop
        playsinline
        preload="metadata"
        src={assetPath(clip)}
        poster={hero ? assetPath(hero) : undefined}
        aria-label={status.altText || status.title}
      />
    );
  }
  if (!hero) return <p class="media none">There is no picture yet.</p>;
  return (
    <a class="media-link" href={assetPath(hero)}>
      <img class="media" src={assetPath(hero)} alt={status.altText || `The picture of ${status.title}`} />
    </a>
  );
}
