/** A reader asks an account in a browser: the page, the workflow, the paid call, the archive and the page of the post. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Calls } from '../client/calls.js';
import { Chats } from '../client/chats.js';
import { deskApi } from '../client/desk-api.js';
import { watchAccountFiles } from '../config/accounts/account-files.js';
import type { Served } from '../desk/serve.js';
import { writePosts, ACCOUNT, environmentOf, openAccounts, type AccountsFolder } from './chat/talk.js';
import { startTextServer, type TextServer } from './chat/text-server.js';
import { launchChromium } from './chromium.js';
import { serveDeskOver } from './desk-over.js';
import { startHarness, type Harness } from './harness.js';

let text: TextServer;
let accounts: AccountsFolder;
let harness: Harness;
let served: Served;
let browser: Browser;
let rye: string;
beforeAll(async () => {
  [text, accounts] = await Promise.all([startTextServer(), openAccounts()]);
  harness = await startHarness(environmentOf(text, accounts));
  [rye] = (await writePosts(harness.services.archive, ACCOUNT, [
    { title: 'Why rye keeps', body: 'Rye holds more water than wheat, so the loaf keeps for a week.' },
  ])) as [string];
  const temporal = { client: harness.client, address: harness.address, namespace: harness.namespace };
  const nobody = deskApi({ api: 'http://127.0.0.1:9', token: 'none', data: accounts.path });
  served = await serveDeskOver(harness, 'of-the-test', {
    accounts: watchAccountFiles(accounts.path, () => undefined),
    chats: new Chats(new Calls({ ...temporal, close: () => Promise.resolve() }, nobody)),
  });
  browser = await launchChromium();
}, 300_000);
afterAll(async () => {
  await browser?.close();
  await served?.close();
  await harness?.close();
  await accounts?.remove();
  await text?.close();
});

async function openChat(): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await page.goto(`${served.url}/@${ACCOUNT}/chat`);
  return page;
}
async function ask(page: Page, question: string): Promise<void> {
  await page.getByLabel('Your question').fill(question);
  await page.keyboard.press('Enter');
}

it('two readers ask at once, each in a conversation of their own, and the post tells of both at once', async () => {
  const [one, other] = [await openChat(), await openChat()];
  await Promise.all([
    ask(one, 'Why does rye hold more water than wheat?'),
    ask(other, 'How much water does rye hold?'),
  ]);
  for (const page of [one, other]) {
    await page.locator('.cited').getByRole('link', { name: 'Why rye keeps' }).waitFor();
    expect(await page.locator('.turn').count()).toBe(1);
    expect(await page.locator('.reading').innerText()).toBe('Rye holds more water, so the loaf keeps.');
  }

  await one.goto(`${served.url}/@${ACCOUNT}/posts/${rye}`);
  await one.locator('.record summary').click();
  const references = one.locator('.record .rows a');
  expect((await references.allInnerTexts()).toSorted()).toEqual([
    'How much water does rye hold?',
    'Why does rye hold more water than wheat?',
  ]);
  await references.filter({ hasText: 'How much water' }).click();
  await one.getByRole('heading', { name: 'A reader asked' }).waitFor();

  // The model is reminded of what the same reader said, and of nobody else.
  await one.goto(`${served.url}/@${ACCOUNT}/chat`);
  await ask(one, 'And how much water does wheat hold?');
  await one.locator('.cited').nth(1).waitFor();
  expect(await one.locator('.question p').allInnerTexts()).toEqual([
    'Why does rye hold more water than wheat?',
    'And how much water does wheat hold?',
  ]);
  const prompt = text.asked.find((asked) => asked.prompt.includes('And how much'))?.prompt;
  expect(prompt).toContain('Why does rye hold more water than wheat?');
  expect(prompt).not.toContain('How much water does rye');
});

it('says what the account has not written of, and when its day is over, without a paid call', async () => {
  const page = await openChat();
  const before = text.asked.length;
  await ask(page, 'Who won the regatta?');
  await page.locator('.declined').getByText("I haven't written about that.").waitFor();
  await accounts.setChat('{ dailyBudget: 0.0001 }');
  await ask(page, 'Why does rye hold more water than wheat?');
  await page.getByRole('alert').getByText('as much as it may today').waitFor();
  expect(await page.getByLabel('Your question').inputValue()).toBe(
    'Why does rye hold more water than wheat?',
  );
  await accounts.setChat(null);
  await ask(page, 'Why does rye hold more water than wheat?');
  await page.getByRole('alert').getByText('There is nothing public').waitFor();
  expect(text.asked.length).toBe(before);
});
