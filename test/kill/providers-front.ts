import { setTimeout as sleep } from 'node:timers/promises';
import type { Ambush } from './ambush.js';
import { startHttpFront, writeHead, type Call, type Reply } from './http-front.js';

/** A paid question as it went over the wire: the key of the charge it must have, and the provider's id of its answer. */
export interface Asked {
  readonly key: string;
  readonly requestId: string;
}

export type ProvidersFront = Awaited<ReturnType<typeof startProvidersFront>>;

/** The platform API answers at once in the stand-in; a look-up of a price that takes a while leaves a boundary to kill at. */
const PLATFORM_MS = 150;

/** A server before the stand-ins, at whose calls the ambush can have the worker killed. @param target their origin */
export async function startProvidersFront(target: string, ambush: Ambush) {
  const asked: Asked[] = [];
  const front = await startHttpFront(target, async (call, pass, outgoing) => {
    const subject = subjectOf(call);
    const cut = ambush.take('request', subject);
    if (cut?.moment === 'asked') {
      await ambush.spring(cut, subject);
      return void outgoing.destroy();
    }
    if (call.path.includes('/api.fal.ai/')) await sleep(PLATFORM_MS);
    const reply = await pass().catch((error: unknown) => {
      if (cut) ambush.giveBack(cut);
      throw error;
    });
    asked.push(...askedIn(call, reply));
    if (cut?.moment === 'answered') {
      await ambush.spring(cut, subject);
      return void outgoing.destroy();
    }
    writeHead(outgoing, reply);
    if (!cut) return void outgoing.end(reply.body);
    outgoing.write(reply.body.subarray(0, reply.body.length / 2), () => void ambush.spring(cut, subject));
  });
  /** Every paid question that the stand-in has answered, whether or not the answer was passed on. */
  return { ...front, asked: asked as readonly Asked[] };
}

function askedIn(call: Call, reply: Reply): Asked[] {
  const key = call.headers['x-client-request-id'];
  const requestId = reply.headers['x-request-id'];
  return typeof key === 'string' && typeof requestId === 'string' ? [{ key, requestId }] : [];
}

/** `POST /openai/v1/responses plan`: method, path without its query and, for text, the name of what is asked for. */
function subjectOf({ method, path, body }: Call): string {
  const subject = `${method} ${path.split('?')[0]}`;
  if (!path.startsWith('/openai/')) return subject;
  const { text } = JSON.parse(body.toString()) as { text?: { format?: { name?: string } } };
  return `${subject} ${text?.format?.name ?? ''}`;
}
