import { createHmac, timingSafeEqual } from 'node:crypto';

export const hmac = (key: string | Buffer, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

/** Compares in a time that tells nothing of where the texts differ, nor of their lengths. */
export const sameText = (a: string, b: string): boolean =>
  timingSafeEqual(hmac('compare', a), hmac('compare', b));

/** The end of a cookie's name, by the desk's secret. Cookies know no ports: two desks on one machine must not take each other's. */
export const cookieSuffix = (secret: string): string =>
  hmac(secret, 'cookie name').toString('hex').slice(0, 8);
