import type { Chance } from '../../offline/seed.js';
import {
  approveAllSignal,
  approveSignal,
  batchStatusQuery,
  resumeSignal,
  reviseSignal,
} from '../../contract/messages.js';
import { batchWorkflowId, postWorkflowId } from '../../contract/ids.js';
import type { BatchStatus, PostStatus } from '../../contract/status.js';
import type { Stage } from './stage.js';
import type { Redo } from '../../contract/states.js';

/** A word that a person gave, and whether Temporal took it. */
export interface Word {
  readonly decision: 'approve' | 'approveAll' | 'revise' | 'resume';
  /** Of this word alone, so that it is found on the records. */
  readonly by: string;
  readonly postIds: readonly string[];
  /** Temporal answered: from here on it must not be forgotten. */
  readonly taken: boolean;
}

/** How long a person whose word was not taken waits before they say it again. */
const AGAIN_AFTER_MS = 5_000;
const LOOK_EVERY_MS = 150;
/** In which a post is published after an approval. */
const BREATH_MS = 700;
/** A word to a server that is dead must not be waited for. */
const DEADLINE_MS = 5_000;
const MOST_REVISIONS = 3;

/**
 * The people at the desk: they read the archive, approve and revise what waits, and resume what is blocked. Each sees a
 * revision once. Their choices come from a seed.
 */
export class People {
  readonly words: Word[] = [];
  /** Types of the errors that a person had to resume, each time. */
  readonly resumed: string[] = [];
  readonly #stage: Stage;
  readonly #chance: Chance;
  readonly #reviseShare: number;
  /** What was decided about what, and when a word that was not taken may be repeated. */
  readonly #decided = new Map<string, number>();
  #working: Promise<void> | null = null;
  #goHome = false;

  /** @param reviseShare how many in a hundred are revised rather than approved. */
  constructor(stage: Stage, chance: Chance, reviseShare: number) {
    this.#stage = stage;
    this.#chance = chance;
    this.#reviseShare = reviseShare;
  }

  begin(): void {
    this.#goHome = false;
    this.#working ??= this.#work();
  }

  async end(): Promise<void> {
    this.#goHome = true;
    await this.#working;
    this.#working = null;
  }

  async #work(): Promise<void> {
    while (!this.#goHome) {
      // PostgreSQL may just have been killed: then they look again.
      const open = await this.#open().catch(() => []);
      for (const post of this.#oneByOne() ? open.slice(0, 1) : open) await this.#decide(post);
      await new Promise((resolve) => setTimeout(resolve, this.#oneByOne() ? BREATH_MS : LOOK_EVERY_MS));
    }
  }

  /** So that what follows from a decision is what is killed next, and not another post's. */
  #oneByOne(): boolean {
    return this.#stage.ambush.lies('decision');
  }

  async #open(): Promise<PostStatus[]> {
    const { rows } = await this.#stage.db.query<{ doc: PostStatus }>(
      "select doc from posts where status in ('awaiting_approval', 'blocked') order by created_at, id",
    );
    return rows.map(({ doc }) => doc).filter((post) => this.#isNew(post));
  }

  async #decide(post: PostStatus): Promise<void> {
    const { id, batchId, revision } = post;
    const { ambush, scene } = this.#stage;
    const { client } = scene;
    const handle = client.workflow.getHandle(postWorkflowId(id));
    if (post.status === 'blocked') {
      this.resumed.push(String(post.error?.type));
      return this.#say('resume', [post], (by) => handle.signal(resumeSignal, { by }));
    }
    const next = ambush.left[0] ?? '';
    const isDue = next.startsWith('revision');
    if (revision < MOST_REVISIONS && (isDue || this.#chance.next(100) < this.#reviseShare)) {
      const redo = this.#chance.pick(redosOf(post));
      return this.#say('revise', [post], (by) =>
        handle.signal(reviseSignal, { by, redo, instructions: `Make it plainer, please. (${by})` }),
      );
    }
    if (next.startsWith('approval of all')) {
      const batch = client.workflow.getHandle(batchWorkflowId(batchId));
      const known = await batch.query<BatchStatus, []>(batchStatusQuery).catch(() => null);
      const waiting = (known?.posts ?? []).filter(
        (one) => one.status === 'awaiting_approval' && this.#isNew(one),
      );
      if (waiting.length > 0)
        return this.#say('approveAll', waiting, (by) => batch.signal(approveAllSignal, { by }));
    }
    return this.#say('approve', [post], (by) => handle.signal(approveSignal, { by, revision }));
  }

  /** Says a word, right before the worker is killed or while it is dead where the ambush says so. */
  async #say(
    decision: Word['decision'],
    posts: readonly Seen[],
    send: (by: string) => Promise<void>,
  ): Promise<void> {
    const { ambush, scene } = this.#stage;
    const { client } = scene;
    const by = `${decision}-${this.words.length + 1}`;
    const postIds = posts.map(({ id }) => id);
    const say = async (): Promise<void> => {
      const taken = await client
        .withDeadline(Date.now() + DEADLINE_MS, () => send(by))
        .then(
          () => true,
          () => false,
        );
      for (const post of posts)
        this.#decided.set(keyOf(post), taken ? Infinity : Date.now() + AGAIN_AFTER_MS);
      this.words.push({ decision, by, postIds, taken });
    };
    const cut = ambush.take('decision', decision);
    if (cut?.moment === 'unheard') return ambush.spring(cut, by, say);
    await say();
    if (cut) await ambush.spring(cut, by);
  }

  #isNew(post: Seen): boolean {
    return Date.now() >= (this.#decided.get(keyOf(post)) ?? 0);
  }
}

type Seen = Pick<PostStatus, 'id' | 'status' | 'revision'> & Partial<Pick<PostStatus, 'review'>>;

/** One opening of a gate, or one block: what a person decides about once. */
function keyOf({ id, status, revision, review }: Seen): string {
  if (status !== 'blocked') return `${id} ${status} ${revision}`;
  const resumes = (review ?? []).filter((entry) => entry.decision === 'resume' && entry.counted).length;
  return `${id} ${status} ${revision} ${resumes}`;
}

const redosOf = ({ contentFormat }: PostStatus): readonly Redo[] =>
  contentFormat === 'video' ? ['text', 'image', 'video', 'all'] : ['text', 'image', 'all'];
