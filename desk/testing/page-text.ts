/** The text of a page as a reader gets it: without its head and tags, one space between words. */
export async function pageText(answer: Response | Promise<Response>): Promise<string> {
  const html = await (await answer).text();
  const plain = html.replace(/<head>[^]*<\/head>/, '').replace(/<[^>]*>/g, '');
  return plain.replaceAll('&#39;', "'").replaceAll('&amp;', '&').replace(/\s+/g, ' ');
}
