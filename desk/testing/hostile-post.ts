import type { PostStatus } from '../../contract/status.js';

/** A post that has a stranger's words wherever a model or a provider may put some. */
export const hostilePost = (words: string, { pipeline }: Pick<PostStatus, 'pipeline'>) => ({
  title: words,
  body: `${words}\n\n${words}`,
  caption: words,
  hashtags: [words],
  altText: words,
  plan: { topic: words, angle: words, rationale: words, newsPeg: words, newsUrl: words, button: words },
  pipeline: pipeline.map((row) => ({ ...row, note: words, model: words })),
  checks: [{ rule: words, ok: false, detail: words }],
  error: { type: 'media.policy', message: words, requestId: words },
});
