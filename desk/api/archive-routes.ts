import { Hono } from 'hono';
import { endLine, EXPORT_TYPE, ExportError, readExport } from '../../contract/archive-export.js';
import type { Transfer } from '../../services/archive/transfer/transfer.js';
import { UnreadableLine } from '../../services/archive/transfer/lines.js';
import { drained, textBody } from './archive-routes-stream.js';
import type { DeskDeps } from '../deps.js';
import type { Session } from '../safety/session.js';
import { editorsOnly, tokenOnly } from '../safety/token-only.js';

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
