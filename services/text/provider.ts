import { isOpenAi } from '../../contract/providers.js';

const LOOPBACK = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** What records and messages call the server: `openai`, or its host's name, on this machine with the port. */
export function providerAt(baseUrl: string): string {
  if (isOpenAi(baseUrl)) return 'openai';
  const { hostname, host } = new URL(baseUrl);
  return LOOPBACK.test(hostname) ? host : hostname;
}
