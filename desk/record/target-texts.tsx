import type { TargetText } from '../../contract/status.js';
import { countText } from '../../contract/targets/count-text.js';
import type { TextLimit } from '../../contract/targets/target.js';

export interface TargetTextsProps {
  readonly texts: readonly TargetText[];
  /** The limit of a target's text, by the target's name; null where it is not known. */
  readonly limitOf: (target: string) => TextLimit | null;
  readonly language: string;
}

/** What goes out at each target that takes no whole post, as it was fitted, or as a person wrote it. */
export function TargetTexts({ texts, limitOf, language }: TargetTextsProps) {
  return (
    <>
      {texts.map((text) => (
        <section class="target-text">
          <h2>Text for {text.target}</h2>
          <p lang={language} dir="auto">
            {text.text}
          </p>
          <p class="quiet">{aboutText(text, limitOf(text.target))}</p>
        </section>
      ))}
    </>
  );
}

/** `263 of 300 characters · written by a person · no room for the hashtags` */
export function aboutText({ text, own, left }: TargetText, limit: TextLimit | null): string {
  return [
    limit === null ? null : `${countText(text, limit)} of ${limit.most} characters`,
    own ? 'written by a person' : null,
    left.length > 0 ? `no room for ${left.join(', ')}` : null,
  ]
    .filter(Boolean)
    .join(' · ');
}
