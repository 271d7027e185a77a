import type { Account } from '../../contract/account.js';
import type { TargetText } from '../../contract/status.js';
import { countText } from '../../contract/targets/fit-text.js';
import { TARGET_KINDS } from '../../contract/targets/registry.js';
import type { TextLimit, TargetKind } from '../../contract/targets/target.js';
import { assetPath } from '../kit/addresses.js';
import { paragraphs } from '../kit/post-text.js';
import type { PostView } from '../reading/reader.js';

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

/** What readers get at each target that takes no whole post, as it was fitted, or as a person wrote it. */
export function TargetTexts({ view: { account, status } }: { view: PostView }) {
  return (
    <>
      {(status.texts ?? []).map((text) => (
        <section class="target-text">
          <h2>As readers see it on {text.target}</h2>
          <p lang={account.language} dir="auto">
            {text.text.split(LINKED).map((part, index) => (index % 2 === 1 ? <a>{part}</a> : part))}
          </p>
          <p class="quiet">{aboutText(text, targetLimit(account, text.target))}</p>
        </section>
      ))}
    </>
  );
}

/** Addresses and hashtags, which targets make links of. */
const LINKED = /(https?:\/\/\S+|#[\p{L}\p{N}_]+)/u;

/** `263 of 300 characters · written by a person · no room for the hashtags` */
function aboutText({ text, own, left }: TargetText, limit: TextLimit | null): string {
  const parts = [
    limit !== null && `${countText(text, limit)} of ${limit.most} characters`,
    own && 'written by a person',
    left.length > 0 && `no room for ${left.join(', ')}`,
  ];
  return parts.filter(Boolean).join(' · ');
}

/** The limit of a text for a target, by the target's name; null where the account has no such target any more, or it has no limit. */
export const targetLimit = (account: Account, target: string): TextLimit | null =>
  kindOf(account, target)?.limit ?? null;

/** Whether readers come to a target, by the target's name: those with a text of their own are for people, the others for programs. */
export const readersTargets =
  (account: Account) =>
  (target: string): boolean =>
    (kindOf(account, target)?.fit ?? null) !== null;

function kindOf(account: Account, target: string): TargetKind | null {
  const named = account.targets.find(({ name }) => name === target);
  return TARGET_KINDS.find(({ kind }) => kind === named?.kind) ?? null;
}
