import {
  approveSignal,
  cancelSignal,
  editSignal,
  rejectSignal,
  resumeSignal,
  reviewUpdate,
  reviseSignal,
} from '../../contract/messages.js';
import type { ReviewRules } from '../../contract/account.js';
import { batchWorkflowId } from '../../contract/ids.js';
import { isAtWork } from '../../contract/states.js';
import type { PostStatus } from '../../contract/status.js';
import { loadAccount } from '../../config/accounts/load.js';
import type { Harness } from '../harness.js';
import { writeHistory } from './files.js';

const by = 'mo';

/** Records what can become of a post, one history each. */
export async function recordPosts(desk: Harness): Promise<void> {
  await recordDecided(desk);
  await recordWaiting(desk);
  await recordBadDays(desk);
  await recordCleanUps(desk);
}

const waiting = ({ status }: PostStatus): boolean => status === 'awaiting_approval';
const blocked = ({ status }: PostStatus): boolean => status === 'blocked';

/** Starts a batch of one and answers the post's id when it is as told. */
async function onePost(
  desk: Harness,
  { format = 'hero_text', review = {}, until: wanted = waiting }: OnePost = {},
): Promise<string> {
  const account = await loadAccount('accounts', 'ashtalksai');
  const batchId = await desk.startBatch(
    { [format]: 1 },
    { account: { ...account, review: { ...account.review, ...review } } },
  );
  const { posts } = await desk.batchUntil(batchId, ({ posts: [post] }) => !!post && !isAtWork(post.status));
  const id = String(posts[0]?.id);
  await desk.postUntil(id, wanted);
  return id;
}

interface OnePost {
  readonly format?: string;
  readonly review?: Partial<ReviewRules>;
  readonly until?: (post: PostStatus) => boolean;
}

async function ended(desk: Harness, name: string, id: string): Promise<void> {
  await desk.post(id).result();
  await writeHistory(name, desk.post(id));
}

async function recordDecided(desk: Harness): Promise<void> {
  for (const format of ['hero_text', 'video']) {
    const id = await onePost(desk, { format });
    await desk.post(id).signal(approveSignal, { by, revision: 1, gate: 'publish' });
    await ended(desk, `post-${format}-published`, id);
  }

  const revised = await onePost(desk, { format: 'video' });
  await desk.post(revised).signal(reviseSignal, { by, instructions: 'darker', redo: 'image' });
  await desk.postUntil(revised, (post) => post.revision === 2 && waiting(post));
  await desk.post(revised).signal(editSignal, { by, caption: 'A caption of our own.' });
  await desk.postUntil(revised, (post) => post.revision === 3 && waiting(post));
  await desk.post(revised).signal(reviseSignal, { by, instructions: 'shorter', redo: 'text' });
  await desk.postUntil(revised, (post) => post.revision === 4 && waiting(post));
  await desk.post(revised).signal(approveSignal, { by, revision: 4 });
  await ended(desk, 'post-video-revised', revised);

  const rejected = await onePost(desk);
  await desk.post(rejected).signal(rejectSignal, { by, reason: 'off topic' });
  await ended(desk, 'post-rejected', rejected);

  const updated = await onePost(desk);
  const args = [{ decision: 'approve', by, revision: 1 }] as const;
  await desk.post(updated).executeUpdate(reviewUpdate, { args: [...args] });
  await ended(desk, 'post-approved-by-update', updated);
}

async function recordWaiting(desk: Harness): Promise<void> {
  await writeHistory('post-waiting', desk.post(await onePost(desk)));

  const gated = await onePost(desk, { review: { gates: ['media', 'publish'] } });
  await desk.post(gated).signal(approveSignal, { by, gate: 'media' });
  await desk.postUntil(gated, ({ gate }) => gate === 'publish');
  await desk.post(gated).signal(approveSignal, { by, gate: 'publish' });
  await ended(desk, 'post-media-gate', gated);

  const review = { remindAfter: 300, expireAfter: 1_000 };
  const expired = await onePost(desk, { review, until: () => true });
  await ended(desk, 'post-reminded-and-expired', expired);

  const later = await onePost(desk);
  const publishAt = new Date(Date.now() + 2_000).toISOString();
  await desk.post(later).signal(approveSignal, { by, publishAt });
  await ended(desk, 'post-published-at-a-slot', later);

  const scheduled = await onePost(desk);
  await desk.post(scheduled).signal(approveSignal, { by, publishAt: '2099-01-01T09:00:00Z' });
  await desk.postUntil(scheduled, ({ status }) => status === 'scheduled');
  await desk.post(scheduled).signal(cancelSignal, { by, reason: 'changed our mind' });
  await ended(desk, 'post-scheduled-and-cancelled', scheduled);

  const dropped = await onePost(desk);
  await desk.post(dropped).signal('approve', 'not an object');
  await desk.post(dropped).signal(approveSignal, { by, revision: 7 });
  await desk.post(dropped).signal(resumeSignal, { by });
  await desk.post(dropped).signal(approveSignal, { by });
  await ended(desk, 'post-after-dropped-messages', dropped);
}

async function recordBadDays(desk: Harness): Promise<void> {
  const { control } = desk.standIns;
  const approve = async (name: string, id: string): Promise<void> => {
    await desk.postUntil(id, waiting);
    await desk.post(id).signal(approveSignal, { by });
    await ended(desk, name, id);
  };

  control.fail({ on: 'submit', kind: 'status', status: 401 });
  const refused = await onePost(desk, { until: blocked });
  await desk.post(refused).signal(resumeSignal, { by });
  await approve('post-blocked-and-resumed', refused);

  control.fail({ on: 'openai', kind: 'refusal', match: '^draft', times: 3 });
  const unusable = await onePost(desk, { until: blocked });
  await desk.post(unusable).signal(reviseSignal, { by, instructions: 'once more' });
  await approve('post-blocked-and-revised', unusable);

  control.fail({ on: 'openai', kind: 'off-style', match: '^draft' });
  await approve('post-drafted-twice', await onePost(desk));

  control.fail({ on: 'submit', kind: 'drop-after' });
  await approve('post-submit-taken-over', await onePost(desk));

  control.fail({ on: 'submit', kind: 'drop-before' });
  const unknown = await onePost(desk, { until: blocked });
  await desk.post(unknown).signal(resumeSignal, { by });
  await approve('post-submit-unknown', unknown);

  control.fail({ on: 'submit', kind: 'status', status: 429, retryAfter: 1 });
  await approve('post-submit-turned-away', await onePost(desk));

  control.fail({ on: 'download', kind: 'html', times: 6 });
  const page = await onePost(desk, { until: blocked });
  await desk.post(page).signal(resumeSignal, { by });
  await approve('post-file-fetched-again', page);
}

/** What is left running when a post ends. */
async function recordCleanUps(desk: Harness): Promise<void> {
  const { control } = desk.standIns;
  const cancelAt = async (name: string, note: (post: PostStatus) => boolean): Promise<void> => {
    const batchId = await desk.startBatch({ hero_text: 1 });
    const { posts } = await desk.batchUntil(batchId, ({ posts: [post] }) => post?.status === 'drafting');
    const id = String(posts[0]?.id);
    await desk.postUntil(id, note);
    await desk.post(id).signal(cancelSignal, { by });
    await ended(desk, name, id);
    await writeHistory(`batch-of-${name}`, desk.client.workflow.getHandle(batchWorkflowId(batchId)));
  };
  const heroRow = (post: PostStatus) => post.pipeline.find(({ step }) => step === 'hero_image');

  control.set({ image: { latencyMs: 3_600_000 } });
  await cancelAt('post-cancelled-while-painted', ({ status }) => status === 'illustrating');
  control.set({ image: { latencyMs: 1_500 } });
  control.fail({ on: 'submit', kind: 'drop-after' });
  await cancelAt('post-cancelled-while-looked-for', (post) => /^looking/.test(heroRow(post)?.note ?? ''));
  control.set({ image: { latencyMs: 0 } });
}
