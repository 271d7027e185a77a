/** A batch as its workflows make it, with their own code for every step; what a person says is drawn. */
import { isCancellation } from '@temporalio/workflow';
import type { Charge } from '../../contract/money/charge.js';
import type { BatchInput, PlannedPost } from '../../contract/batch.js';
import { specialMessage } from '../../contract/mix.js';
import { isFinal, type Redo } from '../../contract/states.js';
import { planPage } from '../../workflows/batch/plan-page.js';
import { confirmPage, planCharges } from '../../workflows/batch/plan.js';
import { newBatch, type Batch } from '../../workflows/batch/state.js';
import { batchStatus } from '../../workflows/batch/status.js';
import { blockingError } from '../../workflows/blocked.js';
import { createCell, partOf, type Cell } from '../../workflows/cell.js';
import { correctCharges } from '../../workflows/paid/row.js';
import { applyDecision } from '../../workflows/post/apply-decision.js';
import { cleanUp } from '../../workflows/post/clean-up.js';
import { enterStatus } from '../../workflows/post/state/decisions.js';
import type { Decision } from '../../workflows/post/read-decision.js';
import { refusal, standingOf } from '../../workflows/post/dropped-decision.js';
import { chargesIn } from '../../workflows/post/state/rows.js';
import { spendOf, newPost, type Post } from '../../workflows/post/state/state.js';
import { postStatus } from '../../workflows/post/status.js';
import { blockPost, illustratePost, writePost } from '../../workflows/post/steps.js';
import { nextTask, statusFor, type Task } from '../../workflows/post/task.js';
import { skipRest } from '../../workflows/post/state/work.js';
import { archive, protect } from './activities.js';
import type { Scenario, Word } from './scenario.js';
import type { Temporal } from './temporal.js';

const BY = 'a person';

export class Story {
  readonly #temporal: Temporal;
  readonly #words: Word[];
  readonly #redo: Redo | null;
  readonly #happened: (what: string) => void;
  #records = 0;

  constructor(
    temporal: Temporal,
    { words, redo }: Pick<Scenario, 'words' | 'redo'>,
    happened: (what: string) => void,
  ) {
    this.#temporal = temporal;
    this.#words = [...words];
    this.#redo = redo;
    this.#happened = happened;
  }

  /** Plans the batch and makes its posts, until each waits for its last approval or has ended. Answers what the workflows hold then. */
  async tell(input: BatchInput): Promise<Charge[]> {
    const batch = createCell(newBatch(input, new Date().toISOString()));
    await this.#plan(batch);
    await this.#recordBatch(batch);
    const posts: Post[] = [];
    for (const planned of batch.value.plan.queue) posts.push(await this.#post(batch.value, planned));
    return [...planCharges(batch.value.plan), ...posts.flatMap(({ work }) => chargesIn(work.rows))];
  }

  async #plan(batch: Cell<Batch>): Promise<void> {
    for (;;) {
      try {
        return await planPage(batch, { mix: batch.value.input.mix, page: 1 });
      } catch (error) {
        if (isCancellation(error) || this.#temporal.cancelled) return;
        if (!blockingError(error)) throw error;
        await this.#recordBatch(batch);
        this.#happened('plan blocked');
        const word = this.#words.shift();
        if (word === undefined || word === 'give up') return;
        partOf(batch, 'plan').change(confirmPage);
      }
    }
  }

  async #post(batch: Batch, planned: PlannedPost): Promise<Post> {
    const { id: batchId, account, planner, brief, mix } = batch.input;
    const { offline } = batch.plan;
    const { budget } = batch.money;
    const rest = { specialMessage: specialMessage(mix), brief, offline, budget };
    const input = { ...planned, batchId, account, planner, ...rest };
    const post = createCell(newPost(input, new Date().toISOString()));
    this.#temporal.cancelled = false;
    let redo = this.#redo;
    while (!isFinal(post.value.decisions.status)) {
      const task = nextTask(post.value);
      if (task?.do === 'write' || task?.do === 'illustrate') {
        await this.#step(post, task);
        continue;
      }
      partOf(post, 'decisions').change((now) => enterStatus(now, 'awaiting_approval'));
      if (redo === null || !this.#says(post, redo)) break;
      redo = null;
    }
    await this.#record(post);
    return post.value;
  }

  async #step(post: Cell<Post>, task: Task & { do: 'write' | 'illustrate' }): Promise<void> {
    const status = statusFor(task);
    partOf(post, 'decisions').change((now) => enterStatus(now, status));
    try {
      await (task.do === 'write' ? writePost(post) : illustratePost(post, task.step));
      if (this.#temporal.cancelled) await this.#end(post);
    } catch (error) {
      if (isCancellation(error) || this.#temporal.cancelled) return this.#end(post);
      const blocking = blockingError(error);
      if (!blocking) throw error;
      post.change((now) => blockPost(now, blocking, status));
      await this.#record(post);
      this.#happened(`blocked by ${blocking.type}`);
      const word = this.#words.shift() ?? 'give up';
      // Who may not say that says to go on.
      if (word === 'give up' || !this.#says(post, word))
        await (word === 'give up' ? this.#end(post) : this.#says(post, 'resume'));
    }
  }

  /** A person's word, where it counts. */
  #says(post: Cell<Post>, word: Exclude<Word, 'give up'>): boolean {
    const decision: Decision =
      word === 'resume'
        ? { kind: 'resume', by: BY, note: null }
        : { kind: 'revise', by: BY, note: 'Say it in other words.', redo: word };
    if (refusal(standingOf(post.value), decision) !== null) return false;
    this.#happened(decision.kind);
    post.change((now) => applyDecision(now, decision, new Date()));
    return true;
  }

  async #end(post: Cell<Post>): Promise<void> {
    post.change((now) => applyDecision(now, { kind: 'cancel', by: BY, note: null }, new Date()));
    this.#happened('cancelled');
    const work = partOf(post, 'work');
    await protect(() => cleanUp(work, (step) => spendOf(post.value, step)));
    work.change(skipRest);
  }

  async #record(post: Cell<Post>): Promise<void> {
    const { input, work } = post.value;
    const record = {
      ...{ sequence: (this.#records += 1), status: postStatus(post.value), charges: chargesIn(work.rows) },
      ...{ batchId: input.batchId, report: null },
    };
    const rows = partOf(partOf(post, 'work'), 'rows');
    await protect(async () => {
      const stored = await archive.recordPost.executeWithOptions({}, [record]);
      rows.change((now) => correctCharges(now, stored));
    });
  }

  async #recordBatch(batch: Cell<Batch>): Promise<void> {
    const { input, plan } = batch.value;
    const record = {
      sequence: (this.#records += 1),
      status: batchStatus(batch.value),
      account: input.account,
      charges: planCharges(plan),
    };
    await protect(async () => {
      const stored = await archive.recordBatch.executeWithOptions({}, [record]);
      partOf(partOf(batch, 'plan'), 'pages').change((now) => correctCharges(now, stored));
    });
  }
}
