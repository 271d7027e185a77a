import { rawHttp, type RawAnswer } from '../../test/raw-http.js';

export interface RawRequest {
  readonly method: string;
  /** As it goes out: nothing is encoded or mended. */
  readonly path: string;
  /** Whole lines. */
  readonly headers: readonly string[];
  readonly body?: string;
}

/** Sends one request over a socket of its own, which no client has looked at. */
export function rawRequest(origin: string, { method, path, headers, body }: RawRequest): Promise<RawAnswer> {
  const { hostname: host, port } = new URL(origin);
  const lines = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', ...headers];
  return rawHttp({ host, port: Number(port) }, lines, body);
}
