import type { Publication } from '../../../contract/status.js';
import { isWebAddress } from '../../../contract/address.js';
import { TargetFailure } from '../publisher.js';
import type { Status } from './client.js';
import type { Target } from '../../../contract/account.js';

type Stands = Pick<Status, 'url' | 'uri' | 'createdAt'>;

/** Where a reader sees it; `uri` is for other servers, but leads there too. */
export const pageOfStatus = ({ url, uri }: Pick<Stands, 'url' | 'uri'>): string => url ?? uri;

/** @throws TargetFailure for an answer that names no status: one may stand there all the same */
export function publicationOf({ name }: Target, status: Stands, now: Date): Publication {
  const url: unknown = pageOfStatus(status);
  if (typeof url !== 'string' || !isWebAddress(url))
    throw new TargetFailure(
      'unknown',
      'Target.NoAnswer',
      'the instance answered with no address of a status',
    );
  const at = Number.isNaN(Date.parse(status.createdAt)) ? now : new Date(status.createdAt);
  return { target: name, url, at: at.toISOString(), removedAt: null };
}
