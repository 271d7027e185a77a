import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Ambush, BoundaryAt } from './ambush.js';

/** Enough for a record with its parameters, which may come in several pieces. */
const LONGEST_STATEMENT = 262_144;

/** A TCP server before PostgreSQL that reads the worker's statements, so that the ambush can have it killed at a write. */
export async function startSqlFront(
  databaseUrl: string,
  ambush: Pick<Ambush, 'take' | 'spring' | 'giveBack'>,
) {
  const open = new Set<Socket>();
  const url = new URL(databaseUrl);
  const targetPort = Number(url.port);
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let statement = '';
    /** Wanted once it is committed. */
    let cut: BoundaryAt<'write'> | null = null;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        other.destroy();
        if (cut) ambush.giveBack(cut);
      });
    }
    const strike = (boundary: BoundaryAt<'write'>): void => {
      cut = null;
      upstream.destroy();
      void ambush.spring(boundary, firstWords(statement)).then(() => client.destroy());
    };
    client.on('data', (bytes) => {
      statement = (statement + bytes.toString('latin1')).slice(-LONGEST_STATEMENT);
      const taken = cut ? null : ambush.take('write', statement);
      if (taken?.moment === 'asked') return strike(taken);
      cut ??= taken;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (cut && isIdle(bytes)) return strike(cut);
      if (!cut) statement = '';
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

const firstWords = (statement: string): string =>
  /(?:insert into|from|update) "\w+"/i.exec(statement)?.[0] ?? '';

/**
 * The server's last word is ReadyForQuery outside a transaction: what was written is committed, by itself or with its
 * transaction (PostgreSQL's documentation, "Message Formats").
 */
const isIdle = (bytes: Buffer): boolean => bytes.subarray(-6).equals(READY_AND_IDLE);
const READY_AND_IDLE = Buffer.from('Z\0\0\0\u0005I', 'latin1');
