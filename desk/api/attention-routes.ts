import { attentionEndpoints } from '../../contract/api/attention.js';
import type { Attention } from '../attention/attention.js';
import type { DeskDeps } from '../deps.js';
import { requireAccount } from './refusal.js';
import type { Serve } from './serve.js';

/** `/api/attention`. */
export function serveAttention(serve: Serve, deps: DeskDeps, attention: Attention): void {
  serve(attentionEndpoints.list, async ({ query: { account } }) => {
    const all = await attention.list();
    if (account === undefined) return { attention: all };
    await requireAccount(deps, account);
    return { attention: all.filter((item) => item.account === null || item.account === account) };
  });

  serve(attentionEndpoints.resume, async ({ body, by }) => ({
    results: await attention.resumeAfterKey(body.key, by),
  }));
}
