import { describe, expect, it } from 'vitest';
import { failure } from '../testing/failure.js';
import type { MastodonClient } from './mastodon-client.js';
import { findOwn, saysText } from './mastodon-statuses.js';

const LINK = 'https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb?a=1&b=2';
const TEXT = `Brass & “wood” <b>, says @mo@clocks.example.\nIt’s 5 > 4.\n\n#clocks #ClockTower\n\n${LINK}`;

describe('a status says a text', () => {
  it.each([
    [
      'as Mastodon renders it',
      `<p>Brass &amp; “wood” &lt;b&gt;, says <span class="h-card" translate="no"><a href="https://clocks.example/@mo" class="u-url mention">@<span>mo</span></a></span>.<br />It’s 5 &gt; 4.</p><p><a href="https://a.example/tags/clocks" class="mention hashtag" rel="tag">#<span>clocks</span></a> <a href="https://a.example/tags/ClockTower" class="mention hashtag" rel="tag">#<span>ClockTower</span></a></p><p><a href="https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb?a=1&amp;b=2" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">https://</span><span class="ellipsis">desk.example/@ashtalksai/posts</span><span class="invisible">/UpkTZ26nc9Eb?a=1&amp;b=2</span></a></p>`,
    ],
    [
      'as GoToSocial renders it, with other quotes, and a mention that it did not find',
      `<p>Brass &amp; &ldquo;wood&rdquo; &lt;b&gt;, says @mo@clocks.example.<br>It&#39;s 5 &#x3e; 4.<br><br><a href="https://a.example/tags/clocks">#<span>clocks</span></a> <a>#<span>ClockTower</span></a><br><br><a href="x">https://desk.example/@ashtalksai/posts/UpkTZ26nc9Eb?a=1&amp;b=2</a></p>`,
    ],
  ])('%s', (_how, content) => {
    expect(saysText({ content }, TEXT)).toBe(true);
  });

  it.each([
    ['another post', TEXT.replace('UpkTZ26nc9Eb', 'UpkTZ26nc9Ec')],
    ['a later revision', TEXT.replace('wood', 'steel')],
    ['a person who shares the link', `Look at this! ${LINK}`],
    ['nothing', ''],
    ['tags that never end', '<'.repeat(100_000)],
    ['numbers of no character', '&#9999999;&#xffffff;'],
  ])('but not that of %s', (_what, content) => {
    expect(saysText({ content }, TEXT)).toBe(false);
  });
});

describe('the account’s own statuses', () => {
  /** Pages of one status each, a minute apart, the newest at 10:00. */
  function account(pages: number) {
    const asked: number[] = [];
    async function* list() {
      for (let page = 0; page < pages; page += 1) {
        asked.push(page);
        const at = Date.parse('2026-11-26T10:00:00Z') - page * 60_000;
        yield [{ id: String(page), createdAt: new Date(at).toISOString(), content: `page ${page}` }];
      }
    }
    const client = { v1: { accounts: { $select: () => ({ statuses: { list } }) } } };
    const isMeant = (content: string) => (status: { content: string }) => status.content === content;
    const find = (since: string, content: string) =>
      findOwn(client as unknown as MastodonClient, '1', { since, isMeant: isMeant(content) });
    return { asked, find };
  }

  it('are read from the newest to the time, and no further', async () => {
    const { asked, find } = account(20);
    expect(await find('2026-11-26T09:58:00Z', 'page 3')).toMatchObject({ id: '3' });
    expect(await find('2026-11-26T09:58:00Z', 'page 12')).toBeNull();
    expect(Math.max(...asked), 'two minutes, and five for the clocks').toBe(8);
  });

  it('are all read where they are fewer', async () => {
    expect(await account(3).find('2026-11-01T00:00:00Z', 'none')).toBeNull();
    expect(await account(0).find('2026-11-01T00:00:00Z', 'none')).toBeNull();
  });

  it('say nothing for certain where there are too many', async () => {
    const error = await failure(account(100).find('2026-11-01T00:00:00Z', 'page 60'));
    expect(error).toMatchObject({ name: 'TargetFailure', outcome: 'unknown', type: 'Target.CannotLook' });
  });
});
