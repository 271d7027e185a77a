import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { allKeys } from './explain.js';
import { TARGET_KINDS } from '../../contract/targets/registry.js';
import { FEED } from '../../contract/targets/target.js';
import { parseAccount } from './parse.js';

const page = await readFile(new URL('../../docs/accounts.md', import.meta.url), 'utf8');
const [shortest, ...examples] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1]!);

/** What the shortest file on the page says together with the example that begins so. */
function accountWith(beginning: string) {
  const example = examples.find((text) => text.startsWith(beginning));
  const { account, problems } = parseAccount('nightferries', `${shortest}${example}`);
  expect(problems).toEqual([]);
  return account!;
}

it('docs/accounts.md explains exactly the keys that a file may have', () => {
  const explained = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
  expect(explained.toSorted()).toEqual(allKeys().toSorted());
});

const KINDS = TARGET_KINDS.filter(({ settings }) => Object.keys(settings).length > 0);
it.each(KINDS)('explains exactly the keys of a target $kind, and shows one', ({ kind, settings }) => {
  const title = new RegExp(`^### ${kind}$`, 'im');
  const section = page.slice(page.search(title) + 3).split(/^##/m)[0]!;
  const explained = [...section.matchAll(/^- `([^`]+)` is/gm)].map((match) => match[1]);
  expect(explained.toSorted()).toEqual(Object.keys(settings).toSorted());
  const { targets } = accountWith(/```yaml\n([^]*?)```/.exec(section)![1]!);
  expect(targets).toMatchObject([FEED, { kind }]);
});

it('shows reviews, budgets, a chat and a Bluesky target that a file may have', () => {
  const review = { remindAfter: 4 * 3_600_000, expireAfter: 3 * 86_400_000 };
  expect(accountWith('review:').review).toMatchObject(review);
  const usd = 1_000_000_000;
  expect(accountWith('budget:').budget).toEqual({ batch: 5 * usd, month: 60 * usd, confirmOver: usd / 2 });
  expect(accountWith('chat:')).toMatchObject({
    chat: { enabled: true, dailyBudget: 500_000_000 },
    models: { chat: 'gpt-6-luna', embedding: 'text-embedding-3-small' },
  });
  const { targets } = accountWith('targets:\n  - feed\n  - bluesky:');
  const service = 'https://bsky.social';
  const settings = { identifier: 'ash.example.com', password: 'BLUESKY_APP_PASSWORD', service };
  expect(targets).toEqual([FEED, { kind: 'bluesky', name: 'bluesky', settings }]);
});

it('states the defaults that a file without the keys gets', () => {
  const file = `${shortest}slots: { week: { mon: ['09:00'] } }\nchat: {}\n`;
  const spelledOut = parse(file) as Record<string, unknown>;
  const stated = [...page.matchAll(/^\| `([\w.]+)` \|[^|]*\| `([^`]+)`/gm)];
  expect(stated.length).toBeGreaterThan(20);
  for (const [, key, value] of stated) {
    const names = key!.split('.');
    const last = names.pop()!;
    let at = spelledOut;
    for (const name of names) at = (at[name] ??= {}) as Record<string, unknown>;
    at[last] = parse(value!);
  }
  const { account, problems } = parseAccount('nightferries', JSON.stringify(spelledOut));
  expect(problems).toEqual([]);
  expect(account).toEqual(parseAccount('nightferries', file).account);
});
