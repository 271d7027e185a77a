import type { PostStatus } from '../../contract/status.js';
import { paragraphs } from '../kit/post-text.js';
import { Hashtags } from './hashtags.js';

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
