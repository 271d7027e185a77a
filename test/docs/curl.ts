/** The calls of curl in the documentation, read without running it. */
import { fences, read } from './pages.js';

export interface CurlCall {
  readonly method: string;
  /** From the host on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const WORD = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g;

/** The calls in the blocks of shell of a page. @throws Error for an option that is not one of those that we use */
export const curlCalls = (page: string): CurlCall[] =>
  fences(read(page))
    .filter(({ language }) => language === 'sh')
    .map(({ text }) => readCall(text.replaceAll('\\\n', ' ').trim()));

function readCall(line: string): CurlCall {
  const words = [...line.matchAll(WORD)].map(([, double, single, plain]) => double ?? single ?? plain!);
  if (words[0] !== 'curl') throw new Error(`${line} is no call of curl`);
  const call = {
    method: 'GET',
    path: '',
    headers: {} as Record<string, string>,
    body: null as string | null,
  };
  for (let at = 1; at < words.length; at += 1) {
    const word = words[at]!;
    if (word === '-X') call.method = words[(at += 1)]!;
    else if (word === '-d') call.body = words[(at += 1)]!;
    else if (word === '-H') {
      const [name = '', value = ''] = words[(at += 1)]!.split(': ');
      call.headers[name] = value;
    } else if (word.startsWith('http://127.0.0.1:8300/') && call.path === '')
      call.path = word.slice('http://127.0.0.1:8300'.length);
    else throw new Error(`${word} in ${line}`);
  }
  return call;
}
