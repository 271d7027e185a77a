import { scheduleEndpoints } from '../../contract/api/schedules.js';
import { ID_PATTERN } from '../../contract/ids.js';
import type { DeskDeps } from '../deps.js';
import { ApiRefusal, unknownAccount } from './refusal.js';
import type { Serve } from './serve.js';

/** `/api/schedules`: the list, a schedule, its change, and what makes it start a batch again. */
export function serveSchedules(
  serve: Serve,
  { schedules, accounts }: Pick<DeskDeps, 'schedules' | 'accounts'>,
) {
  serve(scheduleEndpoints.list, () => schedules.list());

  serve(scheduleEndpoints.read, ({ id }) => schedules.status(known(id)));

  serve(scheduleEndpoints.change, async ({ id, body }) => {
    const { account: handle } = await schedules.status(known(id));
    const account = await accounts.account(handle);
    if (!account) throw new ApiRefusal(409, await unknownAccount(accounts, handle), 'account');
    return schedules.change(id, { ...body, account });
  });

  serve(scheduleEndpoints.resume, async ({ id, by }) => {
    await schedules.resume(known(id), { by });
    return { paused: false };
  });

  serve(scheduleEndpoints.run, ({ id }) => schedules.run(known(id)));
}

/** What is no id at all is not asked for. */
function known(id: string): string {
  if (ID_PATTERN.test(id)) return id;
  throw new ApiRefusal(404, `No such schedule: ${id.slice(0, 60)}`);
}
