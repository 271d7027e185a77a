import { expect, it } from 'vitest';
import { newsLink } from './news-link.js';

it('leads to a web address, shown without its scheme, and in part where it is long', () => {
  const href = 'https://news.example/chips?id=1';
  expect(newsLink(href)).toEqual({ href, text: 'news.example/chips?id=1' });
  const long = newsLink(`https://news.example/${'x'.repeat(300)}`);
  expect(long?.text).toMatch(/^news\.example\/x{86}…$/);
});

const dangerous = ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'];
it.each([null, undefined, '', ...dangerous, '/news', 'news'])('is none for %j', (url) =>
  expect(newsLink(url)).toBeNull(),
);

it('holds nothing that ends an attribute', () => {
  expect(newsLink('https://news.example/"><script>alert(1)</script>')?.href).not.toMatch(/["<>]/);
});
