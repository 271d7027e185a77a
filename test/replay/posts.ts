import type { SignalDefinition } from '@temporalio/client';
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
import type { Fault } from '../../offline/stand-ins.js';
import type { Harness } from '../harness.js';
import { writeHistory } from './files.js';

const by = 'mo';

type Act = (desk: Harness, id: string) => Promise<unknown>;

const say =
  (signal: SignalDefinition<any[]>, message: object = {}): Act =>
  (desk, id) =>
    desk.post(id).signal(signal, { by, ...message });
const until =
  (wanted: (post: PostStatus) => boolean): Act =>
  (desk, id) =>
    desk.postUntil(id, wanted);
const waits = until(({ status }) => status === 'awaiting_approval');
const blocks = until(({ status }) => status === 'blocked');
const waitsAgain = (revision: number): Act =>
  until((post) => post.revision === revision && post.status === 'awaiting_approval');

interface OnePost {
  readonly format?: string;
  readonly review?: Partial<ReviewRules>;
  readonly fault?: Fault;
}

/** Records what can become of a post, one history each. */
export async function recordPosts(desk: Harness): Promise<void> {
  /** Makes a batch of one. Answers the post's id when it has come to rest. */
  async function onePost({ format = 'hero_text', review = {}, fault }: OnePost): Promise<string> {
    if (fault) desk.standIns.control.fail(fault);
    const account = await loadAccount('accounts', 'ashtalksai');
    const reviewed = { ...account, review: { ...account.review, ...review } };
    const batchId = await desk.startBatch({ [format]: 1 }, { account: reviewed });
    const { posts } = await desk.batchUntil(batchId, ({ posts: [post] }) => !!post && !isAtWork(post.status));
    return String(posts[0]?.id);
  }

  async function record(name: string, post: OnePost, ...acts: Act[]): Promise<void> {
    const id = await onePost(post);
    for (const act of acts) await act(desk, id);
    await desk.post(id).result();
    await writeHistory(name, desk.post(id));
  }

  const approved = say(approveSignal, { revision: 1, gate: 'publish' });
  await record('post-hero_text-published', {}, waits, approved);
  await record('post-video-published', { format: 'video' }, waits, approved);
  await record(
    ...(['post-video-revised', { format: 'video' }, waits] as const),
    ...[say(reviseSignal, { instructions: 'darker', redo: 'image' }), waitsAgain(2)],
    ...[say(editSignal, { caption: 'A caption of our own.' }), waitsAgain(3)],
    ...[say(reviseSignal, { instructions: 'shorter', redo: 'text' }), waitsAgain(4)],
    say(approveSignal, { revision: 4 }),
  );
  await record('post-rejected', {}, waits, say(rejectSignal, { reason: 'off topic' }));
  await record('post-approved-by-update', {}, waits, (_desk, id) =>
    desk.post(id).executeUpdate(reviewUpdate, { args: [{ decision: 'approve', by, revision: 1 }] }),
  );

  await writeHistory('post-waiting', desk.post(await onePost({})));
  await record(
    ...(['post-media-gate', { review: { gates: ['media', 'publish'] } }, waits] as const),
    ...[say(approveSignal, { gate: 'media' }), until(({ gate }) => gate === 'publish')],
    say(approveSignal, { gate: 'publish' }),
  );
  await record('post-reminded-and-expired', { review: { remindAfter: 300, expireAfter: 1_000 } });
  await record('post-published-at-a-slot', {}, waits, (_desk, id) => {
    const publishAt = new Date(Date.now() + 2_000).toISOString();
    return say(approveSignal, { publishAt })(desk, id);
  });
  await record(
    ...(['post-scheduled-and-cancelled', {}, waits] as const),
    ...[
      say(approveSignal, { publishAt: '2099-01-01T09:00:00Z' }),
      until(({ status }) => status === 'scheduled'),
    ],
    say(cancelSignal, { reason: 'changed our mind' }),
  );
  await record(
    ...(['post-after-dropped-messages', {}, waits] as const),
    (_desk, id) => desk.post(id).signal('approve', 'not an object'),
    ...[say(approveSignal, { revision: 7 }), say(resumeSignal), say(approveSignal)],
  );

  const ofDraft = { on: 'openai', match: '^draft' } as const;
  const mended = [blocks, say(resumeSignal), waits, say(approveSignal)];
  const refused: Fault = { on: 'submit', kind: 'status', status: 401 };
  await record('post-blocked-and-resumed', { fault: refused }, ...mended);
  await record(
    ...(['post-blocked-and-revised', { fault: { ...ofDraft, kind: 'refusal', times: 3 } }, blocks] as const),
    ...[say(reviseSignal, { instructions: 'once more' }), waits, say(approveSignal)],
  );
  const goesOn = [waits, say(approveSignal)];
  await record('post-drafted-twice', { fault: { ...ofDraft, kind: 'off-style' } }, ...goesOn);
  await record('post-submit-taken-over', { fault: { on: 'submit', kind: 'drop-after' } }, ...goesOn);
  await record('post-submit-unknown', { fault: { on: 'submit', kind: 'drop-before' } }, ...mended);
  const busy: Fault = { on: 'submit', kind: 'status', status: 429, retryAfter: 1 };
  await record('post-submit-turned-away', { fault: busy }, ...goesOn);
  const pages: Fault = { on: 'download', kind: 'html', times: 6 };
  await record('post-file-fetched-again', { fault: pages }, ...mended);

  await recordCleanUps(desk);
}

/** What is left running when a post ends. */
async function recordCleanUps(desk: Harness): Promise<void> {
  const { control } = desk.standIns;
  const cancelAt = async (name: string, wanted: (post: PostStatus) => boolean): Promise<void> => {
    const batchId = await desk.startBatch({ hero_text: 1 });
    const { posts } = await desk.batchUntil(batchId, ({ posts: [post] }) => post?.status === 'drafting');
    const id = String(posts[0]?.id);
    await desk.postUntil(id, wanted);
    await say(cancelSignal)(desk, id);
    await desk.post(id).result();
    await writeHistory(name, desk.post(id));
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
