import { bluesky } from './bluesky.js';
import { feed } from './feed.js';
import { mastodon } from './mastodon.js';
import type { TargetKind } from './target.js';
import { webhookKind } from './webhook.js';

/** Every kind of target. A new one is its file and a line here, and its publisher's file and a line in `services/publishers/`. */
export const TARGET_KINDS: readonly TargetKind[] = [feed, bluesky, mastodon, webhookKind];

/** The kind of that name. @throws Error for a name the registry lacks; account files are checked before they get here. */
export function targetKindOf(name: string): TargetKind {
  const kind = TARGET_KINDS.find((candidate) => candidate.kind === name);
  if (!kind)
    throw new Error(`target '${name}' is not one of ${TARGET_KINDS.map((one) => one.kind).join(', ')}`);
  return kind;
}
