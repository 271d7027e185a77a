import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Where something listens: an IPv4 address, or `::1` or `::`. */
export interface Listening {
  readonly host: string;
  readonly port: number;
}

/** Where a process listens over TCP. Linux only. */
export function listeningOf(pid: number): Listening[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6']
    .flatMap((file) => readFileSync(`/proc/net/${file}`, 'utf8').trim().split('\n').slice(1))
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const listens = state === '0A' && own.has(`socket:[${inode}]`);
      return listens ? [addressOf(local)] : [];
    });
}

/** The kernel writes an IPv4 address as the hex digits of its four bytes, the last first: `0100007F:2029`. */
function addressOf(local: string): Listening {
  const [address = '', port = ''] = local.split(':');
  const bytes = (address.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  const isV4 = bytes.length === 4;
  const v6 = bytes.some((byte) => byte !== 0) ? '::1' : '::';
  return { host: isV4 ? bytes.toReversed().join('.') : v6, port: Number.parseInt(port, 16) };
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
