import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Context } from 'hono';

/** `requestId` is OpenAI's `x-request-id` of the call. */
export type Env = { Bindings: HttpBindings; Variables: { requestId: string } };

/** Ends the call as a broken network does: the socket is destroyed and nothing is answered. */
export function drop(c: Context<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}
