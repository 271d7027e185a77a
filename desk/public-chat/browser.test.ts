/** Asking an account in Chromium, with scripts and without: what a reader sees, hears of and can do when something goes wrong. */
import type { BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { NoWorkerError } from '../../client/errors.js';
import { expectAccessible, useDeskInBrowser } from '../testing/use-desk-in-browser.js';
import { CHAT, citing, NOTHING } from '../testing/workflows.js';
import { plainPicture } from '../testing/use-desk.js';
import { sampleAccount, sampleBatch, samplePost } from '../testing/samples.js';

const [CLOCK, TIDES, HOSTILE_POST] = ['ClockClock01', 'TidesTides01', 'HostilePost1'] as const;
const HOSTILE = `<script>window.hacked = true</script> "><img src=x onerror="window.hacked=true"> ' onfocus='window.hacked=true' autofocus &lt;b&gt; </textarea><svg onload=window.hacked=true> \u202e{{7*7}}`;
/** As a page shows it: without the mark that would turn the text around. */
const SHOWN = HOSTILE.replace('\u202e', '');

const { desk, served, newPage, open: openAt, expectForEverybody } = useDeskInBrowser();
beforeAll(async () => {
  const picture = await plainPicture(640, 360);
  await desk.saveBatch(sampleBatch(), sampleAccount({ chat: CHAT }));
  await desk.publish(samplePost(CLOCK), { [`${CLOCK}_hero.png`]: picture });
  const tides = { title: 'The Tide Table', publishedAt: '2026-05-12T09:00:00.000Z', contentFormat: 'video' };
  const files = { [`${TIDES}_hero.png`]: picture, [`${TIDES}_video.mp4`]: new Uint8Array([1]) };
  await desk.publish(samplePost(TIDES, tides), files);
  const mole = sampleAccount({ handle: 'mole', name: 'Mole', chat: CHAT });
  await desk.saveBatch(sampleBatch({ id: 'BatchBatch02', account: 'mole' }), mole);
  await desk.publish(samplePost(HOSTILE_POST, { account: 'mole', batchId: 'BatchBatch02', title: HOSTILE }));
  await desk.saveAccount({ handle: 'quay', chat: CHAT });
});
beforeEach(() => {
  // Each test has a minute of its own.
  desk.now = new Date(desk.now.getTime() + 120_000);
  desk.workflows.chats.asked.length = 0;
  desk.workflows.chats.answer = () => sample(CLOCK, TIDES);
});

const sample = (...ids: readonly string[]) => ({ ...citing(...ids), offline: true });

/** Answers that come when the test says so. */
function heldBack() {
  const waiting: (() => void)[] = [];
  desk.workflows.chats.answer = () => new Promise((resolve) => waiting.push(() => resolve(sample(CLOCK))));
  return { release: () => waiting.splice(0).forEach((each) => each()) };
}

const viewport = { width: 390, height: 844 };
const open = (path = '/@harbor/chat', options?: BrowserContextOptions): Promise<Page> =>
  openAt(path, { viewport, ...options });
const fieldOf = (page: Page) => page.getByLabel('Your question');
const asked = () => desk.workflows.chats.asked.map(({ question }) => question);
async function ask(page: Page, question: string): Promise<void> {
  await fieldOf(page).fill(question);
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
}

describe.each([
  ['with scripts', true],
  ['without scripts', false],
])('%s', (_, javaScriptEnabled) => {
  const options = { javaScriptEnabled };

  it('a question is answered with the posts as cards, a second one below it, until one starts over', async () => {
    const page = await open(undefined, options);
    await ask(page, 'Why two times?');
    const cards = page.getByRole('list', { name: 'Posts that this rests on' }).getByRole('link');
    await cards.nth(1).waitFor();
    expect(await cards.allInnerTexts()).toEqual(['The Tide Table', 'Why a harbor clock runs on two times']);
    const width =
      "(async (img) => (await img.decode(), img.naturalWidth))(document.querySelector('.cited img'))";
    expect(await page.evaluate(width)).toBe(240);
    expect(await page.locator('.turn .mark').innerText()).toBe('offline sample');
    await ask(page, 'And when?');
    await page.locator('.turn').nth(1).getByText('The sea keeps').waitFor();
    const questions = page.locator('.question p');
    expect(await questions.allInnerTexts()).toEqual(['Why two times?', 'And when?']);
    await page.reload();
    expect(await questions.allInnerTexts()).toEqual(['Why two times?', 'And when?']);
    await page.getByRole('button', { name: 'Start over' }).click();
    await page.getByText('You could ask').waitFor();
    expect(await page.locator('.turn').count()).toBe(0);
  });

  it('a suggestion asks what it says', async () => {
    const page = await open(undefined, options);
    await page.getByRole('button', { name: 'What is “The Tide Table” about?' }).click();
    await page.locator('.turn').getByText('The sea keeps').waitFor();
    expect(asked()).toEqual(['What is “The Tide Table” about?']);
    expect(await page.getByText('You could ask').isVisible()).toBe(false);
  });

  it('a question that was not answered comes back with the reason, and may be asked again', async () => {
    desk.workflows.chats.answer = () => Promise.reject(new NoWorkerError('q', '10.0.0.7:7233'));
    const page = await open(undefined, options);
    await ask(page, 'Is anybody there?');
    await page.getByRole('alert').getByText("can't answer just now").waitFor();
    expect(await fieldOf(page).inputValue()).toBe('Is anybody there?');
    desk.workflows.chats.answer = () => NOTHING;
    await page.getByRole('button', { name: javaScriptEnabled ? 'Try again' : 'Ask', exact: true }).click();
    await page.getByText("I haven't written about that.").waitFor();
    expect(await page.getByRole('alert').innerText()).toBe('');
    expect(await page.locator('.turn').count()).toBe(1);
  });

  it('hostile text is shown and runs nothing', async () => {
    desk.workflows.chats.answer = () => ({ ...sample(HOSTILE_POST), answer: `${HOSTILE}\n\n${HOSTILE}` });
    const page = await open('/@mole/chat', options);
    const blocked: string[] = [];
    page.on('console', (message) => blocked.push(message.text()));
    await ask(page, HOSTILE);
    await page.locator('.answer').waitFor();
    const look = async (): Promise<void> => {
      expect(await page.locator('.question p').innerText()).toBe(SHOWN);
      expect(await page.locator('.reading p').allInnerTexts()).toEqual([SHOWN, SHOWN]);
      expect(await page.locator('.cited .title').innerText()).toBe(SHOWN);
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      const live = 'script:not([src]), [onerror], [onfocus], [onload], [autofocus], main b, main svg';
      expect(await page.locator(live).count()).toBe(0);
    };
    await look();
    const post = `${served.url}/@mole/posts/${HOSTILE_POST}`;
    await page.goto(post);
    await page.locator('.record summary').click();
    await page.getByRole('heading', { name: 'Chat References' }).waitFor();
    await page.locator('.record .rows a').first().click();
    await page.waitForURL(/chat\/[A-Za-z0-9]{12}\/1$/);
    await look();
    expect(blocked.filter((text) => text.includes('Content Security Policy'))).toEqual([]);
  });
});

describe('while an answer comes', () => {
  it('its reader hears of each step, keeps the focus, and asks nothing twice', async () => {
    const { release } = heldBack();
    const page = await open();
    await page.evaluate(`
      window.states = new Set();
      new MutationObserver(() => window.states.add(document.querySelector('#turns .state')?.textContent))
        .observe(document.querySelector('#turns'), { childList: true, subtree: true });
    `);
    await fieldOf(page).fill('Why two times?');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('Really?');
    await page.keyboard.press('Enter');
    const log = page.getByRole('log', { name: 'The conversation' });
    await log.getByText('Writing').waitFor();
    // The first for a second only.
    expect(await page.evaluate('[...window.states].join(" ")')).toMatch(
      /Looking through the posts of @harbor.*Writing/,
    );
    expect(await page.evaluate('document.activeElement.id')).toBe('question');
    expect(await page.locator('form#ask').getAttribute('aria-busy')).toBe('true');
    await page.keyboard.type('Impatient');
    await page.keyboard.press('Enter');
    release();
    await log.getByText('The sea keeps').waitFor();
    await page.locator('form#ask:not([aria-busy])').waitFor();
    expect(asked()).toEqual(['Why two times?\nReally?']);
    // What was typed meanwhile is still there.
    expect(await fieldOf(page).inputValue()).toBe('Impatient');
    expect(await page.locator('.turn').count()).toBe(1);
  });

  it('a connection that breaks is said, and the answer that came meanwhile is found without asking twice', async () => {
    const { release } = heldBack();
    const page = await open();
    await ask(page, 'Why two times?');
    await page.getByText('Writing').waitFor();
    await page.evaluate('window.stop()');
    await page.getByRole('alert').getByText('The connection broke').waitFor();
    expect(await fieldOf(page).inputValue()).toBe('Why two times?');
    release();
    await expect
      .poll(() => desk.archive.chats.findChat(String(desk.workflows.chats.asked[0]?.newChatId)))
      .toMatchObject({ turns: 1 });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.turn').getByText('The sea keeps').waitFor();
    expect(asked()).toHaveLength(1);
    expect(await fieldOf(page).inputValue()).toBe('');
  });

  it('one that breaks before anything was kept is asked again', async () => {
    const page = await newPage({ viewport });
    // Before the page is there, or Chromium lets some more requests through; the page itself is a GET.
    await page.route('**/chat', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await page.goto(`${served.url}/@harbor/chat`);
    await ask(page, 'Why two times?');
    await page.getByText('The connection broke').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('button', { name: 'Try again' }).and(page.locator(':enabled')).waitFor();
    await page.unroute('**/chat');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.locator('.turn').getByText('The sea keeps').waitFor();
    expect(asked()).toEqual(['Why two times?']);
  });
});

describe('every page of it can be read by everybody, by day and by night, on a phone and on a desktop', () => {
  it('with nothing said, and with nothing to say', async () => {
    await expectForEverybody(['/@harbor/chat', '/@quay/chat']);
  });

  it('while it waits, answered, declined and with a problem', async () => {
    await expectForEverybody(['/@harbor/chat'], {}, async (page) => {
      const { release } = heldBack();
      await ask(page, `Why ${'so-very-long-'.repeat(30)}?`);
      await page.getByText('Writing').waitFor();
      await expectAccessible(page);
      release();
      await page.locator('.cited').first().waitFor();
      desk.workflows.chats.answer = () => NOTHING;
      await ask(page, 'And the moon?');
      await page.locator('.declined').waitFor();
      desk.workflows.chats.answer = () => Promise.reject(new NoWorkerError('q', 'there'));
      await ask(page, 'Nobody?');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    });
  });

  it('the page of a turn, and the pages that lead there', async () => {
    await ask(await open(), 'Why two times?');
    await expect.poll(() => desk.archive.records.listCitingTurns(CLOCK)).not.toEqual([]);
    const [turn] = await desk.archive.records.listCitingTurns(CLOCK);
    await expectForEverybody([`/@harbor/chat/${turn?.chatId}/${turn?.turn}`, '/@harbor']);
    await expectForEverybody([`/@harbor/posts/${CLOCK}`], {}, (page) =>
      page.locator('.record summary').click(),
    );
  });
});
