import type { BrowserContextOptions } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { RefusedError } from '../../client/errors.js';
import type { TargetText } from '../../contract/status.js';
import type * as registry from '../../contract/targets/registry.js';
import { targetsNamed } from '../../contract/targets/testing/named.js';
import { sampleAccount, sampleBatch, waitingPost } from '../testing/samples.js';
import { SIGNED_IN, useDeskInBrowser } from '../testing/use-desk-in-browser.js';

// The registry has a kind more than a release does.
vi.mock('../../contract/targets/registry.js', async (original) => {
  const { card } = await import('../../contract/targets/testing/card.js');
  const { TARGET_KINDS, ...rest } = await original<typeof registry>();
  return { ...rest, TARGET_KINDS: [...TARGET_KINDS, card] };
});

const ID = 'HarborCard01';
const FITTED = 'Two times on one clock.\n\nhttps://a.example/p';
const texts: readonly TargetText[] = [
  { target: 'card', text: FITTED, own: false, left: ['the hashtags'] },
  { target: 'wall', text: 'Mine <b>alone</b>.', own: true, left: [] },
];

const { desk, open: openAt, expectForEverybody } = useDeskInBrowser();
beforeAll(async () => {
  const targets = [...targetsNamed('feed', 'card'), { kind: 'card', name: 'wall', settings: {} }];
  await desk.saveBatch(sampleBatch(), sampleAccount({ targets }));
  await desk.savePost(waitingPost(ID, { texts }));
});
beforeEach(() => void (desk.workflows.told.length = 0));

const open = (path: string, options?: BrowserContextOptions) =>
  openAt(path, { viewport: { width: 390, height: 844 }, ...SIGNED_IN, ...options });
const decide = (fields: Record<string, string>) =>
  desk.postSignedIn(`/desk/posts/${ID}/decide`, { revision: '1', decision: 'edit', ...fields });
const told = () => desk.workflows.told.map(({ value }) => value);

describe('the texts of targets', () => {
  it('are shown before approval, each with its counter and what had no room, on a phone too', async () => {
    const page = await open(`/desk/posts/${ID}`);
    const shown = page.locator('.target-text');
    const [card, wall] = await shown.allInnerTexts();
    expect(card).toContain(FITTED);
    expect(wall).toContain('Mine <b>alone</b>.');
    expect(await shown.locator('.quiet').allInnerTexts()).toEqual([
      '44 of 60 characters · no room for the hashtags',
      '18 of 60 characters · written by a person',
    ]);
    await expectForEverybody([`/desk/posts/${ID}`, `/desk/posts/${ID}?edit=1`], SIGNED_IN);
  });

  it.each([true, false])('are edited one by one, with scripts (%s) or without', async (javaScriptEnabled) => {
    const page = await open(`/desk/posts/${ID}?edit=1`, { javaScriptEnabled });
    const form = page.getByRole('form', { name: 'Text for card' });
    await form.getByRole('textbox').fill('Tides wait for nobody.');
    const counted = `${javaScriptEnabled ? 22 : 44} of 60 characters`;
    expect(await form.locator('.counter').innerText()).toBe(counted);
    await form.getByRole('button', { name: 'Save for card' }).click();
    const edit = {
      decision: 'edit',
      by: 'editor',
      revision: 1,
      target: 'card',
      text: 'Tides wait for nobody.',
    };
    await expect.poll(told).toEqual([edit]);
  });

  it('are given back to the fitting when they are emptied, and not sent where nothing was changed', async () => {
    await decide({ target: 'wall', text: '' });
    expect(told()).toMatchObject([{ target: 'wall', text: '' }]);
    for (const [target, text] of [
      ['card', FITTED.replaceAll('\n', '\r\n')],
      ['card', ''],
      ['wall', ' Mine <b>alone</b>. '],
    ] as const) {
      const answer = await decide({ target, text });
      const words = expect.stringContaining('Nothing was changed.') as string;
      expect([answer.status, await answer.text()]).toEqual([400, words]);
    }
    expect(told()).toHaveLength(1);
  });

  it('are typed only once: what is refused stays in its own field', async () => {
    desk.workflows.answer = () => {
      throw new RefusedError('card refuses the text: it shouts');
    };
    const page = await (await decide({ target: 'card', text: 'BUY NOW' })).text();
    expect(page).toContain('card refuses the text: it shouts');
    expect(page.match(/BUY NOW/g)).toHaveLength(1);
    expect(page).toContain('Mine &lt;b&gt;alone&lt;/b&gt;.</textarea>');
  });
});
