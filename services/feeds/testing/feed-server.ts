import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listenOnLoopback } from '../../../test/loopback.js';

export type FeedAnswer = (request: IncomingMessage, response: ServerResponse) => void;

/** A server of feeds on the loopback. */
export interface FeedServer {
  readonly url: string;
  /** The paths it was asked for, oldest first. */
  readonly asked: string[];
  close(): Promise<void>;
}

/** @param answers by path, whatever its query; any other is 404 */
export async function startFeedServer(answers: ReadonlyMap<string, FeedAnswer>): Promise<FeedServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    response.on('error', () => undefined);
    const answer = answers.get(path.split('?')[0] ?? '');
    if (answer) answer(request, response);
    else response.writeHead(404).end('not found');
  });
  const { url, close } = await listenOnLoopback(server);
  return { url, asked, close };
}

/** Answers with a body as it is. */
export const body =
  (content: string | Uint8Array, type = 'application/xml'): FeedAnswer =>
  (_request, response) =>
    void response.writeHead(200, { 'content-type': type }).end(content);

/** An RSS 2 feed around items. */
export const rss = (items: string): string =>
  `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>${items}</channel></rss>`;

/** An item of RSS 2, of a minute in the past. */
export const item = (title: string, path: string, minute = 0): string =>
  `<item><title>${title}</title><link>https://news.example/${path}</link>` +
  `<pubDate>Tue, 24 Nov 2026 09:${String(minute).padStart(2, '0')}:00 GMT</pubDate></item>`;
