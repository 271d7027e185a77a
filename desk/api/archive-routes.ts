import { Hono } from 'hono';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../http/session.js';
import { editorsOnly, tokenOnly } from '../http/gate.js';
import { endLine, EXPORT_TYPE, ExportError, readExport } from '../../contract/archive-export.js';
import type { Transfer } from '../../services/archive/transfer/transfer.js';
import { UnreadableLine } from '../../services/archive/transfer/lines.js';

/** `/api/archive`: GET hands the whole archive out, a row a line; POST takes such lines in. Both need a token, the second one an editor's. */
export function archiveRoutes({ archive }: Pick<DeskDeps, 'archive'>, session: Session): Hono {
  const routes = new Hono();
  routes.use(async function notStored(c, next) {
    c.header('Cache-Control', 'no-store');
    return next();
  }, tokenOnly(session));

  routes.get('/', (c) => c.body(textBody(exported(archive.transfer)), 200, { 'Content-Type': EXPORT_TYPE }));

  routes.post('/', editorsOnly(session), async (c) => {
    try {
      return c.json({
        tables: await archive.transfer.load(rowsIn(c.req.raw.body ? drained(c.req.raw.body) : nothing())),
      });
    } catch (error) {
      if (!isOfALine(error)) throw error;
      return c.json({ error: { message: error.message } }, 400);
    }
  });
  return routes;
}

async function* exported(transfer: Transfer): AsyncGenerator<string> {
  let lines = 0;
  for await (const line of transfer.dump()) {
    lines += 1;
    yield `${JSON.stringify(line)}\n`;
  }
  yield `${endLine(lines)}\n`;
}

async function* rowsIn(body: AsyncIterable<Uint8Array>): AsyncGenerator<unknown> {
  for await (const { row } of readExport(body)) yield row;
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** The sender of a line that can't be read is told which; anything else that fails is the desk's own matter. */
const isOfALine = (error: unknown): error is ExportError | UnreadableLine =>
  error instanceof ExportError || error instanceof UnreadableLine;

const CHUNK = 64 * 1024;
/** A reader who takes nothing for so long has gone; what the text is made from is let go of. */
const STALLED_MS = 60_000;

/**
 * Text as a body that is made as fast as it is read: nothing is asked for that the reader has not taken yet. A reader that
 * leaves, or takes nothing for a minute, ends it.
 */
export function textBody(
  texts: AsyncGenerator<string>,
  stalledMs: number = STALLED_MS,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | undefined;
  const end = (): Promise<unknown> => texts.return(undefined);
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        clearTimeout(timer);
        const { text, done } = await take(texts);
        if (text !== '') controller.enqueue(encoder.encode(text));
        if (done) return controller.close();
        timer = setTimeout(() => {
          controller.error(new Error(`nobody read on for ${stalledMs / 1_000} s`));
          end().catch(() => {});
        }, stalledMs).unref();
      },
      async cancel() {
        clearTimeout(timer);
        await end();
      },
    },
    { highWaterMark: 0 },
  );
}

/** Several texts at once: one at a time would be one small packet each. */
async function take(texts: AsyncGenerator<string>): Promise<{ text: string; done: boolean }> {
  let text = '';
  while (text.length < CHUNK) {
    const next = await texts.next();
    if (next.done) return { text, done: true };
    text += next.value;
  }
  return { text, done: false };
}

/** What is still read of a body that has been refused, in bytes. */
const MOST_DRAINED = 1_000_000_000;

/**
 * A body in the pieces in which it comes. A reader who stops, as at a bad line, has the rest read and dropped: a connection
 * that is closed while the other side still sends takes the answer with it.
 */
async function* drained(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await drain(reader).catch(() => {});
  }
}

async function drain(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  for (let left = MOST_DRAINED; left > 0;) {
    const { value, done } = await reader.read();
    if (done) return;
    left -= value.length;
  }
  await reader.cancel();
}
