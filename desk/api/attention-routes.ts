import { attentionEndpoints } from '../../contract/api/attention.js';
import { ID_PATTERN } from '../../contract/ids.js';
import type { Attention } from '../attention/attention.js';
import type { DeskDeps } from '../deps.js';
import { ApiRefusal, requireAccount } from './refusal.js';
import type { Serve } from './serve.js';

/** `/api/attention`, and `/api/schedules` as far as it mends what is listed there. */
export function serveAttention(serve: Serve, deps: DeskDeps, attention: Attention): void {
  const { schedules } = deps;

  serve(attentionEndpoints.list, async ({ query: { account } }) => {
    const all = await attention.list();
    if (account === undefined) return { attention: all };
    await requireAccount(deps, account);
    return { attention: all.filter((item) => item.account === null || item.account === account) };
  });

  serve(attentionEndpoints.resume, async ({ body, by }) => ({
    results: await attention.resumeAfterKey(body.key, by),
  }));

  serve(attentionEndpoints.resumeSchedule, async ({ id, by }) => {
    await schedules.resume(scheduleId(id), { by });
    return { paused: false };
  });

  serve(attentionEndpoints.runSchedule, ({ id }) => schedules.run(scheduleId(id)));
}

/** @throws ApiRefusal for what is no id: it is asked of no server */
function scheduleId(id: string): string {
  if (ID_PATTERN.test(id)) return id;
  throw new ApiRefusal(404, `No such schedule: ${id.slice(0, 60)}`);
}
