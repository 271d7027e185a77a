import { afterAll, beforeAll } from 'vitest';
import { serveDesk, type ServedDesk } from '../serve.js';
import { OPENING_MS, openDesk, type DeskUnderTest, type OpenDesk } from './desk-under-test.js';

/** A desk that is reached over HTTP too. */
export interface DeskOverHttp {
  readonly desk: DeskUnderTest;
  readonly served: ServedDesk;
}

/** Opens a desk for the tests around, still empty, and closes it after them. Hooks that follow may fill it. */
export function useDesk(options?: OpenDesk): DeskUnderTest {
  const desk = {} as DeskUnderTest;
  beforeAll(() => openDesk(options, desk), OPENING_MS);
  afterAll(() => desk.close?.());
  return desk;
}

/** The same, served at a free port too. */
export function useDeskOverHttp(options?: OpenDesk): DeskOverHttp {
  const desk = useDesk(options);
  const served = {} as ServedDesk;
  beforeAll(async () => {
    Object.assign(served, await serveDesk({ app: desk.app, host: '127.0.0.1', port: 0 }));
  });
  // Hooks after all run in reverse: it is closed before the desk's archive.
  afterAll(() => served.close?.());
  return { desk, served };
}
