import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** The TCP ports on which a process listens. Linux only. */
export function listeningPorts(pid: number): number[] {
  const own = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => linkOf(`/proc/${pid}/fd/${fd}`)));
  return ['tcp', 'tcp6']
    .flatMap((file) => readFileSync(`/proc/net/${file}`, 'utf8').trim().split('\n').slice(1))
    .flatMap((line) => {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const listens = state === '0A' && own.has(`socket:[${inode}]`);
      return listens ? [Number.parseInt(local.slice(local.lastIndexOf(':') + 1), 16)] : [];
    });
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}
