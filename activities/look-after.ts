import { WorkflowNotFoundError } from '@temporalio/common';
import { Context } from '@temporalio/activity';
import { postWorkflowId } from '../contract/ids.js';

/** How a post that sends no word has ended, if it has: a terminated workflow tells nobody. */
export interface PostFate {
  readonly id: string;
  readonly ended: 'running' | 'terminated' | 'gone';
}

const RUNNING = ['RUNNING', 'CONTINUED_AS_NEW', 'PAUSED'];

export const createLookAfter = () => ({
  /** Asks Temporal how the posts of a batch are, which said nothing for long. */
  async lookAfter({ postIds }: { postIds: readonly string[] }): Promise<readonly PostFate[]> {
    const { client } = Context.current();
    const fates: PostFate[] = [];
    for (const id of postIds) {
      Context.current().heartbeat();
      fates.push({ id, ended: await fateOf(id) });
    }
    return fates;

    async function fateOf(id: string): Promise<PostFate['ended']> {
      try {
        const { status } = await client.workflow.getHandle(postWorkflowId(id)).describe();
        return RUNNING.includes(status.name) ? 'running' : 'terminated';
      } catch (error) {
        if (error instanceof WorkflowNotFoundError) return 'gone';
        throw error;
      }
    }
  },
});
