import { expect } from 'vitest';
import { errorDocument } from '../../../contract/api/documents.js';
import { refusalsOf, type Endpoint } from '../../../contract/api/endpoint.js';
import { ENDPOINTS } from '../../../contract/api/openapi.js';
import { TOKEN, type DeskUnderTest } from '../../testing/use-desk.js';

export const bearer = (token: string = TOKEN) => ({ Authorization: `Bearer ${token}` });

export interface SentToApi {
  /** With the desk's token when left out. */
  readonly headers?: Record<string, string>;
  /** As it is sent, or what becomes JSON. */
  readonly body?: string | object;
}

/** Asks the API, and holds the answer against its description: a documented status, the document that belongs to it, and never kept. */
export async function askApi(
  { app }: Pick<DeskUnderTest, 'app'>,
  method: Endpoint['method'],
  path: string,
  { headers = bearer(), body }: SentToApi = {},
): Promise<[status: number, document: any, headers: Headers]> {
  const answer = await app.request(path, {
    method,
    headers: { ...(method !== 'GET' && { 'Content-Type': 'application/json' }), ...headers },
    body: typeof body === 'object' ? JSON.stringify(body) : body,
  });
  const document: any = await answer.json();
  const endpoint = ENDPOINTS.find((one) => one.method === method && isAt(one, path.split('?')[0]!))!;
  const { status, schema } = endpoint.answer;
  const where = `${endpoint.id}: ${JSON.stringify(document)}`;
  expect([status, ...refusalsOf(endpoint)], where).toContain(answer.status);
  const read = (answer.ok ? schema : errorDocument).safeParse(document);
  expect(read.error?.issues ?? [], where).toEqual([]);
  if (!answer.ok)
    expect([Object.keys(document as object), document.error.message]).toEqual([['error'], ONE_LINE]);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  return [answer.status, document, answer.headers];
}

const ONE_LINE = expect.stringMatching(/^[^\n]+$/) as string;

const isAt = ({ path }: Endpoint, asked: string): boolean =>
  new RegExp(`^${path.replace('{id}', '[^/]+')}$`).test(asked);
