/** A batch as its workflows make it, with their own code for every step; what a person says is drawn. */
import { isCancellation } from '@temporalio/workflow';
import type { Charge } from '../../contract/money/charge.js';
import type { BatchInput, PlannedPost } from '../../contract/batch.js';
import type { Redo } from '../../contract/messages.js';
import { specialMessage } from '../../contract/mix.js';
import { isFinal, type PostState } from '../../contract/states.js';
import { planPage } from '../../workflows/batch/plan.js';
import { newBatch, type BatchRun } from '../../workflows/batch/run.js';
import { batchStatus } from '../../workflows/batch/status.js';
import { blockingError } from '../../workflows/blocked.js';
import { agree } from '../../workflows/charges.js';
import { apply } from '../../workflows/post/apply.js';
import { cleanUp } from '../../workflows/post/clean-up.js';
import { refusal, standingOf } from '../../workflows/post/decide.js';
import { illustrate } from '../../workflows/post/illustrate.js';
import type { Decision } from '../../workflows/post/message.js';
import { chargesOf, currentStep, newRun, rowOf, skipRest, type PostRun } from '../../workflows/post/run.js';
import { postStatus } from '../../workflows/post/status.js';
import { nextTask, type Task } from '../../workflows/post/task.js';
import { write } from '../../workflows/post/write.js';
import { archive } from './activities.js';
import type { Scenario, Word } from './scenario.js';
import type { Temporal } from './temporal.js';

/** What the workflows hold in the end. */
export interface Told {
  readonly batchId: string;
  readonly charges: readonly Charge[];
  readonly finished: readonly string[];
}

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

  /** Plans the batch and makes its posts, until each waits for its last approval or has ended. */
  async tell(input: BatchInput): Promise<Told> {
    const batch = newBatch(input, new Date().toISOString());
    await this.#plan(batch);
    await this.#recordBatch(batch);
    const runs: PostRun[] = [];
    for (const planned of batch.queue) runs.push(await this.#post(batch, planned));
    const charges = [...batch.pages.flatMap((row) => row.charges), ...runs.flatMap(chargesOf)];
    return { batchId: input.id, charges, finished: runs.map((run) => run.input.id) };
  }

  async #plan(batch: BatchRun): Promise<void> {
    for (;;) {
      try {
        return await planPage(batch, { mix: batch.input.mix, page: 1 });
      } catch (error) {
        if (isCancellation(error) || this.#temporal.cancelled) return;
        if (!blockingError(error)) throw error;
        await this.#recordBatch(batch);
        this.#happened('plan blocked');
        const word = this.#words.shift();
        if (word === undefined || word === 'give up') return;
        batch.confirmed = true;
      }
    }
  }

  async #post(batch: BatchRun, planned: PlannedPost): Promise<PostRun> {
    const { id: batchId, account, planner, brief, mix } = batch.input;
    const { offline, budget } = batch;
    const rest = { specialMessage: specialMessage(mix), brief, offline, budget };
    const run = newRun({ ...planned, batchId, account, planner, ...rest }, new Date().toISOString());
    this.#temporal.cancelled = false;
    let redo = this.#redo;
    while (!isFinal(run.status)) {
      const task = nextTask(run);
      if (task?.do === 'write' || task?.do === 'illustrate') {
        await this.#step(run, task);
        continue;
      }
      run.status = 'awaiting_approval';
      if (redo === null || !this.#says(run, redo)) break;
      redo = null;
    }
    await this.#record(run);
    return run;
  }

  async #step(run: PostRun, task: Task & { do: 'write' | 'illustrate' }): Promise<void> {
    const status: PostState = task.do === 'write' ? 'drafting' : 'illustrating';
    run.status = status;
    try {
      await (task.do === 'write' ? write(run) : illustrate(run, task.step));
      if (this.#temporal.cancelled) await this.#end(run);
    } catch (error) {
      if (isCancellation(error) || this.#temporal.cancelled) return this.#end(run);
      const blocking = blockingError(error);
      if (!blocking) throw error;
      const at = currentStep(run);
      if (at) Object.assign(rowOf(run, at), { state: 'failed', note: blocking.message });
      Object.assign(run, { error: blocking, blockedFrom: status, status: 'blocked' });
      await this.#record(run);
      this.#happened(`blocked by ${blocking.type}`);
      const word = this.#words.shift() ?? 'give up';
      // Who may not say that says to go on.
      if (word === 'give up' || !this.#says(run, word))
        await (word === 'give up' ? this.#end(run) : this.#says(run, 'resume'));
    }
  }

  /** A person's word, where it counts. */
  #says(run: PostRun, word: Exclude<Word, 'give up'>): boolean {
    const decision: Decision =
      word === 'resume'
        ? { kind: 'resume', by: BY, note: null }
        : { kind: 'revise', by: BY, note: 'Say it in other words.', redo: word };
    if (refusal(standingOf(run), decision) !== null) return false;
    this.#happened(decision.kind);
    apply(run, decision, new Date());
    return true;
  }

  async #end(run: PostRun): Promise<void> {
    apply(run, { kind: 'cancel', by: BY, note: null }, new Date());
    this.#happened('cancelled');
    this.#temporal.protected = true;
    await cleanUp(run, () => undefined);
    this.#temporal.protected = false;
    skipRest(run);
  }

  async #record(run: PostRun): Promise<void> {
    const record = {
      ...{ sequence: (this.#records += 1), status: postStatus(run), charges: chargesOf(run) },
      ...{ batchId: run.input.batchId, report: null },
    };
    await this.#protected(async () => {
      agree(run.rows, await archive.recordPost.executeWithOptions({}, [record]));
    });
  }

  async #recordBatch(batch: BatchRun): Promise<void> {
    const record = {
      sequence: (this.#records += 1),
      status: batchStatus(batch),
      account: batch.input.account,
      charges: batch.pages.flatMap((row) => row.charges),
    };
    await this.#protected(async () => {
      agree(batch.pages, await archive.recordBatch.executeWithOptions({}, [record]));
    });
  }

  async #protected(work: () => Promise<void>): Promise<void> {
    const before = this.#temporal.protected;
    this.#temporal.protected = true;
    await work();
    this.#temporal.protected = before;
  }
}
