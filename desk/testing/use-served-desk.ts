import { afterAll, beforeAll } from 'vitest';
import { serveDesk, type ServedDesk } from '../serve.js';
import { OPENING_MS, openDesk, type DeskUnderTest } from './desk-under-test.js';

/** A desk that is reached over HTTP too. */
export interface DeskOverHttp {
  readonly desk: DeskUnderTest;
  readonly served: ServedDesk;
}

/** Opens a desk for the tests around and serves it at a free port, still empty; closes it after them. */
export function useServedDesk(
  opened: (all: DeskOverHttp) => void,
  options: Parameters<typeof openDesk>[0] = {},
): void {
  let desk: DeskUnderTest | undefined;
  let served: ServedDesk | undefined;
  beforeAll(async () => {
    desk = await openDesk(options);
    served = await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 });
    opened({ desk, served });
  }, OPENING_MS);
  afterAll(async () => {
    await served?.close();
    await desk?.close();
  });
}
