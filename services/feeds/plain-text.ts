import { Parser } from 'htmlparser2';
import { shown } from '../../contract/shown.js';

/** Of a text with HTML, in characters: what is offered is a few hundred. */
const LONGEST = 20_000;
/** What stands in them is not for readers. */
const UNREAD = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'object', 'svg', 'math']);
/** Words on both sides of these stay one word; all other tags part them. */
const WITHIN_WORDS = new Set([
  'a',
  'abbr',
  'b',
  'code',
  'em',
  'i',
  'mark',
  's',
  'small',
  'span',
  'strong',
  'sub',
  'sup',
  'u',
]);

/** The words of a text that may hold HTML, as one line without anything that can't be seen. */
export function plainText(html: string): string {
  const start = html.slice(0, LONGEST);
  return oneLine(/[<&]/.test(start) ? wordsOf(start) : start);
}

const oneLine = (text: string): string => shown(text).replace(/\s+/g, ' ').trim();

function wordsOf(html: string): string {
  const words: string[] = [];
  let unread = 0;
  const part = (name: string): void => {
    if (!WITHIN_WORDS.has(name)) words.push(' ');
  };
  const parser = new Parser({
    onopentagname(name) {
      if (UNREAD.has(name)) unread += 1;
      part(name);
    },
    onclosetag(name) {
      if (UNREAD.has(name)) unread -= 1;
      part(name);
    },
    ontext(text) {
      if (unread === 0) words.push(text);
    },
  });
  parser.end(html);
  return words.join('');
}
