/** The bare pipeline that the figures are compared to: plan, then for each post draft, image, approval, publish. And the bare chat: a question, an answer. */
import {
  allHandlersFinished,
  condition,
  defineSignal,
  defineUpdate,
  executeChild,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import type { activities } from './activities.js';

const { plan, draft, image, publish, answer } = proxyActivities<typeof activities>({
  startToCloseTimeout: '1 minute',
});

export const approve = defineSignal('approve');

export async function floorBatch(id: string, count: number): Promise<number> {
  const posts = await plan(count);
  await Promise.all(
    posts.map((post) =>
      executeChild(floorPost, {
        workflowId: `${id}-${post}`,
        args: [post],
        parentClosePolicy: ParentClosePolicy.ABANDON,
      }),
    ),
  );
  return posts.length;
}

export async function floorPost(post: number): Promise<string> {
  let approved = false;
  setHandler(approve, () => void (approved = true));
  const text = await draft(post);
  const asset = await image(text);
  await condition(() => approved);
  return publish({ text, asset });
}

export const floorSay = defineUpdate<string, [question: string, ms: number]>('say');

/** Ends when its first question is answered. */
export async function floorChat(): Promise<void> {
  let asked = 0;
  setHandler(floorSay, (question, ms) => {
    asked += 1;
    return answer(question, ms);
  });
  await condition(() => asked > 0);
  await condition(allHandlersFinished);
}
