import { cp, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, it } from 'vitest';
import { keepQuiet } from './quiet.js';
import { tempFolder } from '../services/testing/temp-folder.js';
import { packageRoot } from '../services/package-root.js';
import { readHistories, type Recorded } from './replay/files.js';

const dist = join(packageRoot(), 'dist');
const histories = await readHistories();
const named = (name: string): Recorded => {
  const found = histories.find((one) => one.name === name);
  if (!found) throw new Error(`no history is named ${name}; npm run record:histories makes them`);
  return found;
};

beforeAll(keepQuiet);

const replay = (workflowBundle: WorkflowBundleOption, { history, workflowId }: Recorded): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle }, history, workflowId);

describe('the workflows as they are', () => {
  it.each(histories.map((one) => [one.name, one] as const))('replay %s', async (_name, recorded) => {
    await replay({ codePath: join(dist, 'workflow-bundle.js') }, recorded);
  });
});

describe('the check', () => {
  const folder = tempFolder();
  beforeAll(async () => {
    await symlink(join(packageRoot(), 'node_modules'), join(folder, 'node_modules'));
    await cp(join(packageRoot(), 'package.json'), join(folder, 'package.json'));
  });

  /** Bundles a copy of the built workflows after a change. */
  async function changed(
    name: string,
    change: (workflows: string) => Promise<void>,
  ): Promise<WorkflowBundleOption> {
    for (const room of ['contract', 'workflows'])
      await cp(join(dist, room), join(folder, name, room), { recursive: true });
    const workflows = join(folder, name, 'workflows');
    await change(workflows);
    const logger = new DefaultLogger('ERROR');
    return bundleWorkflowCode({ workflowsPath: join(workflows, 'index.js'), logger });
  }

  it('passes a copy that nobody changed', async () => {
    const bundle = await changed('same', () => Promise.resolve());
    await replay(bundle, named('post-hero_text-published'));
    await replay(bundle, named('batch-of-5-done'));
    await replay(bundle, named('chat-ended'));
  });

  it('fails on one step more in the midst of a post, of a batch and of a conversation', async () => {
    const bundle = await changed('longer', async (workflows) => {
      await stepMore(join(workflows, 'post'), 'carryOut', 'steps');
      await stepMore(join(workflows, 'batch'), 'planPage', 'plan-page');
      await stepMore(join(workflows, 'chat'), 'answerQuestion', 'turn');
    });
    for (const name of [
      'post-hero_text-published',
      'post-waiting',
      'post-took-slots-and-went-out-now',
      'post-target-failed-and-mended',
      'batch-of-5-done',
      'batch-continued-as-new',
      'chat-ended',
      'chat-taken-up',
    ])
      await expect(replay(bundle, named(name)), name).rejects.toThrow(DeterminismViolationError);
  });

  it('fails on one activity more at the end of a post and of a batch', async () => {
    const bundle = await changed('recorded-twice', async (workflows) => {
      await writeFile(
        join(workflows, 'index.js'),
        `import { archive } from './activities.js';
import { batch as oldBatch } from './batch/batch.js';
import { post as oldPost } from './post/post.js';
export async function post(input) {
  const status = await oldPost(input);
  await archive.recordPost({ sequence: 1_000, status, charges: [] });
  return status;
}
export async function batch(input, carried) {
  const status = await oldBatch(input, carried);
  await archive.recordBatch({ sequence: 1_000, status, account: input.account, charges: [] });
  return status;
}
`,
      );
    });
    for (const name of ['post-rejected', 'batch-of-5-done'])
      await expect(replay(bundle, named(name)), name).rejects.toThrow(DeterminismViolationError);
    // Neither has come to its end, so the change is one that it can take.
    await replay(bundle, named('post-waiting'));
    await replay(bundle, named('batch-continued-as-new'));
  });
});

/** Has a step of the workflows wait a second after it is done. */
async function stepMore(folder: string, step: string, file = step): Promise<void> {
  await rename(join(folder, `${file}.js`), join(folder, `${file}-before.js`));
  await writeFile(
    join(folder, `${file}.js`),
    `import { sleep } from '@temporalio/workflow';
import { ${step} as before } from './${file}-before.js';
export async function ${step}(...args) {
  const done = await before(...args);
  await sleep(1_000);
  return done;
}
`,
  );
}
