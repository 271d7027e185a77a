import type { Server } from 'node:http';
import type { ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import sharp from 'sharp';
import { encodedMp4 } from '../../offline/fal/clip.js';
import { listenOnLoopback } from '../loopback.js';

/** What a run of ours asks fal for, in front of aimock. */
export interface FalFront {
  /** For `FAL_BASE_URL`. */
  readonly url: string;
  /** Files that were uploaded, by the id that aimock gave. */
  readonly uploads: ReadonlyMap<string, Uint8Array>;
  close(): Promise<void>;
}

/**
 * Copydesk reaches a fal host as `$FAL_BASE_URL/<host>/<path>`; aimock wants `/fal/<path>` and the host in the header
 * `x-fal-target-host`. This translates the one into the other and answers nothing in aimock's place, but for what aimock
 * 1.43.0 has not:
 *
 * - `fal.media`, from where made files are downloaded: served from `files`;
 * - the storage host: aimock answers where to upload to, with addresses of fal itself. They are turned into this front's,
 *   and the upload itself and its download are served here.
 *
 * Nor has aimock fal's price API (`api.fal.ai`), which this front leaves at that: its 404 is passed on.
 */
export async function startFalFront(
  aimockUrl: string,
  files: Readonly<Record<string, Uint8Array>>,
): Promise<FalFront> {
  const uploads = new Map<string, Uint8Array>();
  const app = new Hono();

  app.get('/fal.media/files/:name', (c) => {
    const file = files[c.req.param('name')];
    return file ? c.body(Uint8Array.from(file)) : c.notFound();
  });

  app.post('/rest.fal.ai/storage/upload/initiate', async (c) => {
    const answer = await passOn(c.req.raw, aimockUrl);
    const text = (await answer.text()).replaceAll('https://rest.fal.ai/', `${url}/rest.fal.ai/`);
    return new Response(text, { status: answer.status, headers: { 'content-type': 'application/json' } });
  });
  app.put('/rest.fal.ai/storage/upload/:id', async (c) => {
    uploads.set(c.req.param('id'), new Uint8Array(await c.req.arrayBuffer()));
    return c.json({});
  });
  app.get('/rest.fal.ai/files/:id/:name', (c) => {
    const file = uploads.get(c.req.param('id'));
    return file ? c.body(Uint8Array.from(file)) : c.notFound();
  });

  app.all('/:host/*', (c) => passOn(c.req.raw, aimockUrl));

  const { url, close } = await listenOnLoopback(createAdaptorServer({ fetch: app.fetch }) as Server);
  return { url, uploads, close };
}

async function passOn(request: Request, aimockUrl: string): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const [, host = '', ...path] = pathname.split('/');
  const headers = new Headers(request.headers);
  headers.set('x-fal-target-host', host);
  // These two are of the connection, not of the request.
  headers.delete('host');
  headers.delete('connection');
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
  return fetch(`${aimockUrl}/fal/${path.join('/')}${search}`, {
    method: request.method,
    headers,
    ...(hasBody && { body: await request.arrayBuffer() }),
  });
}

/** Tokens of each kind of answer, as aimock will count them. */
export const USAGE = {
  plan: { input_tokens: 1_800, output_tokens: 700 },
  article: { input_tokens: 1_200, output_tokens: 600 },
  clip: { input_tokens: 1_000, output_tokens: 250 },
} as const;

/**
 * Teaches aimock to plan and to draft. The kind of a question is told by its input, since aimock's Responses API hands
 * its fixtures no schema; the answers are made from what the question asks for.
 */
export function answerTexts(aimock: LLMock): void {
  aimock.on({ userMessage: /^Generate exactly / }, (request) => ({
    content: JSON.stringify(planFor(inputOf(request))),
    usage: USAGE.plan,
  }));
  aimock.on({ userMessage: /^- Body: /m }, (request) => {
    const { button, ...draft } = draftFor(inputOf(request));
    const body = ['First the bill.', 'Then the sum behind it.', 'Then what follows from it.', button].join(
      '\n\n',
    );
    return {
      content: JSON.stringify({ ...draft, body, caption: 'The bill, line by line.' }),
      usage: USAGE.article,
    };
  });
  aimock.on({ userMessage: /^Button: /m }, (request) => {
    const { button, ...draft } = draftFor(inputOf(request));
    const clip = { ...draft, caption: `A queue that fills.\n${button}`, shot_description: 'A slow push in.' };
    return { content: JSON.stringify(clip), usage: USAGE.clip };
  });
}

export const inputOf = ({ messages }: ChatCompletionRequest): string =>
  String(messages.find((message) => message.role === 'user')?.content);

function planFor(input: string): object {
  const sentence = input.split('\n')[0] ?? '';
  const formats = [...sentence.matchAll(/(\d+) with content_format='(\w+)'/g)].flatMap(([, count, format]) =>
    Array.from({ length: Number(count) }, () => format),
  );
  return {
    items: formats.map((format, at) => ({
      content_format: format,
      title: `Line ${at + 1} of the invoice`,
      topic: 'What one call costs',
      angle: 'The retries cost more than the calls',
      rationale: 'A sum that the reader can redo',
      news_peg: null,
      button: `Read line ${at + 1} twice.`,
    })),
  };
}

/** What both formats have, and the button that the piece must end on. */
function draftFor(input: string) {
  const line = (label: string): string => new RegExp(`^${label}: (.+)$`, 'm').exec(input)?.[1] ?? '';
  const least = Number(/^- Hashtags: between (\d+)/m.exec(input)?.[1]);
  return {
    title: line('Title'),
    button: line('Button'),
    hashtags: Array.from({ length: least }, (_, at) => `costs${at + 1}`),
    image_prompt: `A long paper receipt on a desk. ${line('Topic')}.`,
    alt_text: 'A paper receipt on a desk.',
  };
}

const SIZE = { width: 64, height: 112 };

/** A small picture of one colour, as a PNG. */
export const makePicture = (): Promise<Buffer> =>
  sharp({ create: { ...SIZE, channels: 3, background: '#1f3a5f' } })
    .png()
    .toBuffer();

/** Half a second of that picture getting lighter, as an MP4 of H.264. */
export const makeClip = (): Promise<Uint8Array> =>
  encodedMp4({ ...SIZE, frameRate: 12, count: 6 }, (frame) =>
    Promise.resolve(new Uint8Array(SIZE.width * SIZE.height * 4).fill(40 * frame)),
  );
