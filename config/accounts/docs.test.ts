import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { allKeys } from './known-keys.js';
import { TARGET_KINDS } from '../../contract/targets/registry.js';
import { FEED, targetsOf } from '../../contract/targets/target.js';
import { parseAccount } from './parse.js';

const page = await readFile(new URL('../../docs/accounts.md', import.meta.url), 'utf8');

it('docs/accounts.md explains exactly the keys that a file may have', () => {
  const explained = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map((match) => match[1]);
  expect(explained.toSorted()).toEqual(allKeys().toSorted());
});

it.each(TARGET_KINDS.filter(({ settings }) => Object.keys(settings).length > 0))(
  'explains exactly the keys of the target $kind, and shows one that a file may have',
  ({ kind, settings }) => {
    const title = new RegExp(`^### ${kind}$`, 'im');
    const section = page.slice(page.search(title) + 3).split(/^##/m)[0]!;
    const explained = [...section.matchAll(/^- `([^`]+)` is/gm)].map((match) => match[1]);
    expect(explained.toSorted()).toEqual(Object.keys(settings).toSorted());
    const [shortest, example] = [page, section].map((text) => /```yaml\n([^]*?)```/.exec(text)?.[1]);
    const { account, problems } = parseAccount('nightferries', `${shortest}${example}`);
    expect(problems).toEqual([]);
    expect(targetsOf(account!).map((target) => target.kind)).toEqual(['feed', kind]);
  },
);

it('shows review rules that a file may have', () => {
  const [shortest, review] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1]);
  const { account, problems } = parseAccount('nightferries', `${shortest}${review}`);
  expect(problems).toEqual([]);
  expect(account?.review).toMatchObject({ remindAfter: 4 * 3_600_000, expireAfter: 3 * 86_400_000 });
});

it('shows budgets that a file may have', () => {
  const [shortest, , budget] = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1]);
  const { account, problems } = parseAccount('nightferries', `${shortest}${budget}`);
  expect(problems).toEqual([]);
  const usd = 1_000_000_000;
  expect(account?.budget).toEqual({ batch: 5 * usd, month: 60 * usd, confirmOver: usd / 2 });
});

it('shows a chat that a file may have', () => {
  const [shortest] = /(?<=```yaml\n)[^]*?(?=```)/.exec(page)!;
  const [chat] = /(?<=```yaml\n)chat:\n[^]*?(?=```)/.exec(page)!;
  const { account, problems } = parseAccount('nightferries', `${shortest}${chat}`);
  expect(problems).toEqual([]);
  expect(account?.chat).toEqual({ enabled: true, dailyBudget: 500_000_000 });
  expect(account?.models).toMatchObject({ chat: 'gpt-6-luna', embedding: 'text-embedding-3-small' });
});

it('shows a Bluesky target that a file may have', () => {
  const [shortest] = /(?<=```yaml\n)[^]*?(?=```)/.exec(page)!;
  const [targets] = /(?<=```yaml\n)targets:\n {2}- feed\n {2}- bluesky:[^]*?(?=```)/.exec(page)!;
  const { account, problems } = parseAccount('nightferries', `${shortest}${targets}`);
  expect(problems).toEqual([]);
  const settings = {
    identifier: 'ash.example.com',
    password: 'BLUESKY_APP_PASSWORD',
    service: 'https://bsky.social',
  };
  expect(account?.targets).toEqual([FEED, { kind: 'bluesky', name: 'bluesky', settings }]);
});

it('states the defaults that a file without the keys gets', () => {
  const { account } = parseAccount('nightferries', /```yaml\n([^]*?)```/.exec(page)![1]!);
  const stated = (key: string): string =>
    new RegExp(`^\\| \`${key.replaceAll('.', '\\.')}\` \\|[^|]*\\| \`([^\`]+)\``, 'm').exec(page)![1]!;
  expect(account).toMatchObject({
    sample: stated('sample') === 'true',
    timeZone: stated('timeZone'),
    language: stated('language'),
    record: stated('record'),
    models: {
      plan: stated('models.plan'),
      draft: stated('models.draft'),
      image: stated('models.image'),
      video: stated('models.video'),
      chat: stated('models.chat'),
    },
    budget: { batch: Number(stated('budget.batch')) * 1e9 },
    style: {
      titleMaxCharacters: Number(stated('style.title.maxCharacters')),
      bodyMinParagraphs: Number(stated('style.body.minParagraphs')),
      bodyMaxWords: Number(stated('style.body.maxWords')),
      captionMaxCharacters: Number(stated('style.caption.maxCharacters')),
      hashtagsMin: Number(stated('style.hashtags.min')),
      hashtagsMax: Number(stated('style.hashtags.max')),
      buttonLast: stated('style.buttonLast') === 'true',
    },
  });
  expect(account?.targets).toEqual([FEED]);
});
