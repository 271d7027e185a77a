import type { Corpus } from './corpus.js';

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** What a model may write in the place of a draft. */
export const ANSWERS: Corpus<string> = {
  'a draft nested 300,000 deep': nested(300_000),
  'a draft of open brackets': '{['.repeat(200_000),
  'a draft of two million characters': `{"title":"${'x'.repeat(2_000_000)}"}`,
  'a draft of fences': '```json\n'.repeat(60_000),
  'a draft of thoughts': '<think>{"title":'.repeat(40_000),
  'a draft of ends of thoughts': '</think>'.repeat(60_000),
  'a draft of quotes': '{"'.repeat(200_000),
  'a draft of commas': `[${','.repeat(500_000)}]`,
  'a draft of candidates': '{"title":1} '.repeat(40_000),
  'a draft of controls': JSON.stringify({ title: '\u0000\u001b[2J\u202e\ud800'.repeat(1_000) }),
  'a draft of prototypes': '{"__proto__":{"title":"x"},"constructor":{"prototype":{}}}',
};
