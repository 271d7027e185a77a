/** A question that is to be answered from an account's published posts. */
export interface PostQuestion {
  readonly account: string;
  /** BCP 47 tag of the language that the account writes. */
  readonly language: string;
  readonly question: string;
  /** What the question means, by a model that the posts were embedded with too; null to go by words alone. */
  readonly embedding: { readonly model: string; readonly vector: readonly number[] } | null;
  /** The most posts that are found. */
  readonly limit: number;
}

/** A published post that has to do with a question, as it was published to `feed`. */
export interface FoundPost {
  readonly postId: string;
  readonly title: string;
  readonly body: string | null;
  readonly caption: string;
  readonly hashtags: readonly string[];
  readonly altText: string;
  readonly url: string;
  /** When it was published, ISO 8601. */
  readonly at: string;
}

/** A published post whose meaning is not known yet. */
export interface UnembeddedPost {
  readonly postId: string;
  /** What of it is embedded. */
  readonly text: string;
}

/** Finds published posts by what they say. What is unpublished is found no more from that moment on. */
export interface PostSearch {
  /** The best first; none where no post has to do with it. */
  find(question: PostQuestion): Promise<FoundPost[]>;
  /** The newest first. */
  listUnembedded(account: string, model: string, limit: number): Promise<UnembeddedPost[]>;
  saveEmbeddings(
    model: string,
    embeddings: readonly { readonly postId: string; readonly vector: readonly number[] }[],
  ): Promise<void>;
}
