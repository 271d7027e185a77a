import type { MediaTask } from '../../activities/media-task.js';
import type { Call, Reply } from '../../activities/testing/recorder.js';
import type { Stage } from '../../activities/testing/stage.js';
import type { Scenario } from './scenario.js';
import type { Life } from './temporal.js';

/** A provider's answer that an attempt got, and whether it told what was used. */
export interface Answer {
  readonly requestId: string;
  readonly told: boolean;
}

export interface Wire {
  /** For each request id on the ledger: the key under which its charge belongs. */
  readonly keys: ReadonlyMap<string, string>;
}

/** Watches the calls of a scenario, and plays what the stand-ins have no fault for. */
export function watch(
  stage: Stage,
  { tier, withoutUnits }: Pick<Scenario, 'tier' | 'withoutUnits'>,
  current: () => Life,
): Wire {
  const keys = new Map<string, string>();
  let unmetered = withoutUnits;

  /** What a paid call has put on the ledger, whether it was answered or not. */
  async function bind(key: string): Promise<void> {
    for (const { requestId } of await stage.bill()) if (!keys.has(requestId)) keys.set(requestId, key);
  }

  async function paid(key: string, behind: () => Promise<Reply>): Promise<Reply> {
    try {
      return await behind();
    } finally {
      await bind(key);
    }
  }

  stage.recorder.play('/openai/v1/', async (call, behind) => {
    if (tier !== 'default') rewrite(call, { ...(JSON.parse(call.body) as object), service_tier: tier });
    const reply = await paid(String(call.headers['x-client-request-id']), behind);
    if (reply.status === 200) {
      current().answers.push({ requestId: String(reply.headers['x-request-id']), told: true });
    }
    return reply;
  });

  stage.recorder.play('/queue.fal.run/', async (call, behind) => {
    if (call.method === 'POST') return paid(keyOf(current().input as MediaTask), behind);
    const [, requestId] = /\/requests\/([\w-]+)(?:\/response)?$/.exec(call.path) ?? [];
    const reply = await behind();
    if (call.method !== 'GET' || requestId === undefined) return reply;
    const units = reply.headers['x-fal-billable-units'];
    if (reply.status !== 200) {
      if (Number(units ?? 0) > 0) current().answers.push({ requestId, told: true });
      return reply;
    }
    const told = unmetered === 0;
    if (!told) unmetered -= 1;
    current().answers.push({ requestId, told });
    return told ? reply : { ...reply, headers: { ...reply.headers, 'x-fal-billable-units': undefined } };
  });

  return { keys };
}

/** As the design has it: its seed makes it the task's own. */
const keyOf = ({ postId, step, seed }: MediaTask): string => `post/${postId}/${step}/${seed}`;

/** Sends another body on: what a project's own settings do to a call. */
function rewrite(call: Call, body: object): void {
  const text = JSON.stringify(body);
  const headers = { ...call.headers, 'content-length': String(text.length) };
  Object.assign(call, { headers, body: text });
}
