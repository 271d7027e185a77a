import type { Archive } from '../../services/archive/archive.js';
import { OpenAiText } from '../../services/text/openai.js';
import type { TextService } from '../../services/text/text.js';
import { SET_ACCOUNT } from '../../test/chat-questions/read-set.js';

export const MODEL = 'text-embedding-3-small';

/** A vector a text, in their order. */
export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>;

/** @throws Error where the server has no embeddings */
export function embedderAt(baseUrl: string): Embed {
  const text: TextService = new OpenAiText({ apiKey: 'bench', baseUrl, api: 'responses', offline: true });
  return async (texts) => {
    const answer = await text.embed({ model: MODEL, texts, key: 'bench' });
    if (answer.outcome !== 'ok') throw new Error(`no embeddings: ${answer.detail}`);
    return answer.vectors;
  };
}

const POSTS_A_CALL = 100;

/** Embeds all posts of the set that are public. */
export async function embedPosts(archive: Archive, embed: Embed): Promise<void> {
  for (;;) {
    const posts = await archive.postSearch.listUnembedded(SET_ACCOUNT, MODEL, POSTS_A_CALL);
    if (posts.length === 0) return;
    const vectors = await embed(posts.map(({ text }) => text));
    const embeddings = posts.map(({ postId }, at) => ({ postId, vector: vectors[at]! }));
    await archive.postSearch.saveEmbeddings(MODEL, embeddings);
  }
}
