import ipaddr from 'ipaddr.js';
import { SettingError } from '../contract/errors.js';

/** What of a value is repeated in a problem, in characters. */
const MOST = 60;

/** A text of a person's or a file's as one short line, for the problem that names it. */
export function shortened(text: string): string {
  const line = text.slice(0, 10 * MOST).replace(/\s+/g, ' ');
  return line.length > MOST ? `${line.slice(0, MOST - 3)}...` : line;
}

/** An http or https address without a slash at its end. @throws SettingError */
export function urlSetting(name: string, value: string | null): string | null {
  if (value === null) return null;
  if (!/^https?:\/\/[^\s/]+/.test(value) || !URL.canParse(value))
    throw new SettingError(name, value, 'an http or https address');
  return value.replace(/(?<!\/)\/+$/, '');
}

/** @throws SettingError */
export function numberSetting(name: string, value: string, least: number, most: number): number {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) {
    throw new SettingError(name, value, `a whole number from ${least} to ${most}`);
  }
  return number;
}

/** Networks, each as its first address and the length of its prefix in bits. */
export type Networks = readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];

/** Reads `10.0.0.5, 10.1.0.0/16, fd00::/8`; none where nothing is set. @throws SettingError that names the first part that is neither */
export function networksSetting(name: string, value: string | null): Networks {
  return (value ?? '')
    .split(/[\s,]+/)
    .filter(Boolean)
    .map((part) => {
      if (ipaddr.isValidCIDR(part)) return ipaddr.parseCIDR(part);
      if (!ipaddr.isValid(part))
        throw new SettingError(name, part, 'an address or network such as 10.0.0.5 or 10.0.0.0/16');
      const address = ipaddr.process(part);
      return [address, address.kind() === 'ipv4' ? 32 : 128];
    });
}

/** Off unless it is `1`. @throws SettingError */
export function switchSetting(name: string, value: string | null): boolean {
  if (value !== null && value !== '0' && value !== '1') throw new SettingError(name, value, '0 or 1');
  return value === '1';
}
