import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { startHttpFront, writeHead, type Call } from '../kill/http-front.js';
import { envelope } from '../sloppy/server.js';
import type { HostileAnswer } from './provider-inputs.js';

/** What a hostile answer is given for: a picture's file, a clip's, a draft, or the order of a job. */
export type Place = 'picture' | 'clip' | 'draft' | 'job';

export type HostileFront = Awaited<ReturnType<typeof startHostileFront>>;

/** A text as the answer of a model to a question. */
export const asDraft = (text: string): HostileAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(
    envelope({
      ...{ api: 'responses', id: 'resp_hostile', model: 'gpt-6-luna', text, habits: new Set() },
      usage: { input_tokens: 10, output_tokens: 10, total_tokens: 20 },
    }),
  ),
});

/** A server that answers in the place of the stand-ins when it is told to. @param target their origin */
export async function startHostileFront(target: string) {
  let armed: { place: Place; answer: HostileAnswer } | null = null;
  let given = 0;
  const { url, close } = await startHttpFront(target, async (call, pass, outgoing) => {
    if (armed && placeOf(call) === armed.place) {
      given += 1;
      return send(outgoing, armed.answer);
    }
    const reply = await pass();
    writeHead(outgoing, reply);
    outgoing.end(reply.body);
  });
  return {
    fal: `${url}/fal`,
    openAi: `${url}/openai/v1`,
    /** From now on every request for such a place gets this; null has the stand-ins answer again. */
    answerWith(place: Place, answer: HostileAnswer | null): void {
      armed = answer && { place, answer };
      given = 0;
    },
    /** How often a hostile answer was given since the last `answerWith`. */
    get given(): number {
      return given;
    },
    close,
  };
}

function placeOf({ method, path, body }: Call): Place | null {
  if (method === 'GET' && path.startsWith('/fal/v3.fal.media/files/'))
    return path.endsWith('.mp4') ? 'clip' : 'picture';
  if (method === 'POST' && path.startsWith('/fal/queue.fal.run/')) return 'job';
  const isDraft = method === 'POST' && path.startsWith('/openai/') && body.includes('"name":"draft');
  return isDraft ? 'draft' : null;
}

async function send(outgoing: ServerResponse, { status = 200, headers, body }: HostileAnswer): Promise<void> {
  outgoing.writeHead(status, headers);
  if (typeof body !== 'function') return void outgoing.end(body);
  // Whoever asked may leave in the midst of it.
  await pipeline(Readable.from(body()), outgoing).catch(() => {});
}
