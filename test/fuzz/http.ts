/** Odd requests at a desk that listens: all routes, methods, headers, queries and bodies. */
import fc from 'fast-check';
import { rawRequest, type RawRequest } from '../../desk/testing/raw-request.js';
import { mutatedText, oddText, oneOf } from './odd.js';
import type { Target } from './run.js';

export interface Fuzzable {
  readonly url: string;
  readonly token: string;
  /** An account, a published post, a batch and a picture that are there. */
  readonly handle: string;
  readonly postId: string;
  readonly batchId: string;
  readonly asset: string;
  readonly exported: string;
}

const METHODS = 'GET GET GET HEAD POST POST PUT PATCH DELETE OPTIONS TRACE QUERY PROPFIND'.split(' ');
const PARAMETERS =
  'before account waiting by since limit cursor q status batch token __proto__ before[]'.split(' ');
const HEADERS = [
  ...'Range If-Range If-None-Match If-Modified-Since Accept Accept-Encoding Content-Type'.split(' '),
  ...'Content-Encoding Cookie Authorization Origin Referer Sec-Fetch-Site X-Forwarded-For'.split(' '),
  ...['X-Forwarded-Proto', 'X-HTTP-Method-Override'],
];
const TYPES = [
  ...['application/json', 'application/x-ndjson', 'application/x-www-form-urlencoded', 'text/plain'],
  'multipart/form-data; boundary=x',
];

/** What a line of HTTP can hold: the rest no server gets to see as one. */
const inLine = (text: string): string =>
  Buffer.from(text.replace(/[\r\n\0]/g, ''))
    .toString('latin1')
    .slice(0, 6_000);
const inTarget = (text: string): string => inLine(text).replace(/[\s\p{Cc}]/gu, '');
/** Half of a surrogate pair has no encoding. */
const encoded = (text: string): string => encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd'));

const target = ({ handle, postId, batchId, asset }: Fuzzable): fc.Arbitrary<string> => {
  const segment = fc.oneof(
    fc.constantFrom(
      ...[`@${handle}`, '@', postId, batchId, asset, ''],
      ...'posts feed.xml feed.json api desk assets archive costs batches'.split(' '),
    ),
    oddText(2).map(inTarget),
    oddText(2).map(encoded),
    oddText(1).map((text) => `@${encoded(text)}`),
  );
  const known = fc.constantFrom(
    ...['', '/', '/feed.xml', '/feed.json', `/posts/${postId}`].map((page) => `/@${handle}${page}`),
    ...['', `/${postId}`, `/${postId}/decisions`].map((page) => `/api/posts${page}`),
    ...['/api/batches', `/api/batches/${batchId}`, `/assets/${asset}`, '/'],
    ...'/static/base.css /healthz /desk /desk/sign-in /desk/sign-out /review/x /temporal'.split(' '),
    ...'/api/costs /api/archive /api/accounts /api/chats /api/events /api/openapi.json'.split(' '),
  );
  const path = oneOf(
    [3, known],
    [2, fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join('/')}`)],
  );
  const value = fc.oneof(
    oddText(3).map(encoded),
    oddText(2).map(inTarget),
    mutatedText('2026-11-24T09:00:00Z').map(inTarget),
  );
  const name = fc.oneof(fc.constantFrom(...PARAMETERS), oddText(1).map(inTarget));
  const query = fc
    .array(fc.tuple(name, value), { maxLength: 3 })
    .map((pairs) => (pairs.length === 0 ? '' : `?${pairs.map((pair) => pair.join('=')).join('&')}`));
  return fc.tuple(path, query).map((parts) => parts.join(''));
};

const headersOf = (token: string): fc.Arbitrary<string[]> => {
  const own = fc.constantFrom([], [], [`Authorization: Bearer ${token}`], ['Authorization: Bearer wrong']);
  const one = fc.tuple(fc.constantFrom(...HEADERS), oddText(2).map(inLine)).map((pair) => pair.join(': '));
  const type = fc.constantFrom(...TYPES).map((name) => [`Content-Type: ${name}`, 'Connection: close']);
  return fc.tuple(own, fc.array(one, { maxLength: 3 }), type).map((parts) => parts.flat());
};

const FORM = '--x\r\nContent-Disposition: form-data; name="token"\r\n\r\nabc\r\n--x--\r\n';

const body = (exported: string): fc.Arbitrary<string> =>
  oneOf(
    [3, fc.constant('')],
    [2, mutatedText(exported)],
    [1, fc.json()],
    [1, oddText(6)],
    [1, mutatedText('token=abc&x=%00', FORM)],
    [1, fc.integer({ min: 1, max: 50_000 }).map((depth) => '['.repeat(depth) + ']'.repeat(depth))],
  );

/** Every request gets an answer, and none a 500: who asked is wrong, or gets what there is. */
export const requests = (desk: Fuzzable): Target => ({
  name: 'requests',
  given: fc.record<RawRequest>({
    method: fc.constantFrom(...METHODS),
    path: target(desk),
    headers: headersOf(desk.token),
    body: body(desk.exported),
  }),
  runs: 12_000,
  async run(request: RawRequest) {
    const { status, body: text } = await rawRequest(desk.url, request);
    if (status === 0 || status >= 500) throw new Error(`answered with ${status}: ${text.slice(0, 500)}`);
    if (status >= 400 && isOfApi(request) && request.method !== 'HEAD') expectErrorForm(text);
  },
});

/** As a server reads the address: `/api/../posts` is none of the API's. */
const isOfApi = ({ path }: RawRequest): boolean =>
  /^\/api\//.test(path) &&
  URL.canParse(path, 'http://desk') &&
  new URL(path, 'http://desk').pathname.startsWith('/api/');

function expectErrorForm(text: string): void {
  // Node and the adapter answer what is no address themselves, without a body; `0` is the end of a chunked one.
  if (/^0?\s*$/.test(text)) return;
  const document = JSON.parse(text) as { error?: { message?: unknown; field?: unknown } };
  const { message, ...rest } = document.error ?? {};
  const others = Object.keys(rest).filter((key) => key !== 'field');
  if (typeof message !== 'string' || message === '' || others.length > 0)
    throw new Error(`an error of another form: ${text.slice(0, 500)}`);
}
