import type { Publication } from '../../../contract/status.js';
import type { MastodonClient } from './client.js';
import { isMissing } from './failures.js';
import { findOwn } from './own-statuses.js';
import { pageOfStatus } from './publication.js';

/**
 * Deletes the status of a publication, whose id its address ends with on Mastodon and on GoToSocial. One that isn't found by that is
 * looked for by its address, so that none stays because another server has other addresses.
 */
export async function removeStatus(client: MastodonClient, { url, at }: Publication): Promise<void> {
  const id = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? '';
  const isGone = await client.v1.statuses
    .$select(id)
    .remove()
    .then(
      () => false,
      (error: unknown) => {
        if (isMissing(error)) return true;
        throw error;
      },
    );
  if (!isGone) return;
  const account = await client.v1.accounts.verifyCredentials();
  const kept = await findOwn(client, account.id, {
    since: at,
    isMeant: (status) => pageOfStatus(status) === url,
  });
  if (kept) await client.v1.statuses.$select(kept.id).remove();
}
