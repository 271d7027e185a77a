import { expect } from 'vitest';

/** The text of a page as a reader gets it: without its head and tags, one space between words. */
export async function pageText(answer: Response | Promise<Response>): Promise<string> {
  const html = await (await answer).text();
  const plain = html.replace(/<head>[^]*<\/head>/, '').replace(/<[^>]*>/g, '');
  return plain.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}

/** Fails unless a text has all of some parts, and none of others. */
export function expectShown(text: string, shown: readonly string[], hidden: readonly string[] = []): void {
  for (const part of shown) expect(text).toContain(part);
  for (const part of hidden) expect(text).not.toContain(part);
}
