import { createHmac, timingSafeEqual } from 'node:crypto';
import { GATES, type Gate } from '../../contract/states.js';

/** What a link is good for. */
export interface Link {
  /** Of this link alone, so that it can be spent. */
  readonly id: string;
  readonly postId: string;
  readonly revision: number;
  readonly gate: Gate;
  /** Seconds since 1970. */
  readonly expires: number;
}

const TOKEN = /^([A-Za-z0-9]{12})\.(\d{1,7})\.(\d)\.(\d{10,11})\.([\w-]{16})\.([\w-]{43})$/;

/**
 * A link as a part of an address: what it is good for, in the open, and a signature that only this desk can make.
 *
 * @param secret of this desk
 */
export function signLink(link: Link, secret: string): string {
  const said = wordsOf(link);
  return `${said}.${signature(said, secret)}`;
}

/** The link that a token is; null for one that this desk never made. */
export function readLink(token: string, secret: string): Link | null {
  const [, postId = '', revision = '', gate = '', expires = '', id = '', mac = ''] = TOKEN.exec(token) ?? [];
  const link = {
    ...{ id, postId, revision: Number(revision), expires: Number(expires) },
    gate: GATES[Number(gate)] ?? GATES[0],
  };
  // As texts: several last characters stand for the same bytes.
  const isOurs =
    postId !== '' && timingSafeEqual(Buffer.from(mac), Buffer.from(signature(wordsOf(link), secret)));
  return isOurs ? link : null;
}

const wordsOf = ({ postId, revision, gate, expires, id }: Link): string =>
  [postId, revision, GATES.indexOf(gate), expires, id].join('.');

const signature = (said: string, secret: string): string =>
  createHmac('sha256', secret).update(`review link ${said}`).digest('base64url');
