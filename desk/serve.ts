import type { Hono } from 'hono';
import { listen, type Served } from './listen.js';

export type ServedDesk = Served;

/** The desk can't listen where the settings say; one line that names the setting and the remedy. */
export class DeskNotServed extends Error {
  override name = 'DeskNotServed' as const;
}

/** Serves the desk over HTTP. Port 0 takes a free one. @throws DeskNotServed */
export function serveDesk(options: { app: Hono; host: string; port: number }): Promise<ServedDesk> {
  return listen(options).catch((error: NodeJS.ErrnoException) => {
    throw notServed(error, options.host, options.port);
  });
}

function notServed(error: NodeJS.ErrnoException, host: string, port: number): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new DeskNotServed(
        `COPYDESK_PORT=${port} is in use by another program; set COPYDESK_PORT to a free one`,
        { cause: error },
      );
    case 'EACCES':
      return new DeskNotServed(
        `COPYDESK_PORT=${port} needs more rights; set COPYDESK_PORT to one of 1024 or more`,
        {
          cause: error,
        },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new DeskNotServed(
        `COPYDESK_HOST=${host} is not an address of this machine; 127.0.0.1 always is`,
        {
          cause: error,
        },
      );
    default:
      return error;
  }
}
