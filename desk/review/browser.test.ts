import { describe, expect, it } from 'vitest';
import { until } from '../../test/until.js';
import { waitingPost } from '../testing/samples.js';
import { EDITED, IDS, useReviewDesk } from './testing/review-desk.js';

const on = useReviewDesk();

describe('keys', () => {
  it('j and k go through the list, in the pane', async () => {
    await on.open('/desk');
    await on.markPage();
    await on.page.keyboard.press('j');
    await on.shown('Clock number 2');
    await on.page.keyboard.press('j');
    await on.shown('Clock number 3');
    await on.page.keyboard.press('k');
    await on.shown('Clock number 2');
    expect(new URL(on.page.url()).pathname).toBe(`/desk/posts/${IDS[1]}`);
    expect(await on.page.title()).toContain('Clock number 2');
    expect(await on.isMarked()).toBe(true);
  });

  it('a approves, and the next post stands there with a line that says so', async () => {
    await on.open('/desk');
    await on.markPage();
    // What the decision leads to: a list that is fetched afterwards has the post until the archive hears of it.
    await on.onMainShown(`window.brought = document.querySelector('#row-${IDS[0]}') !== null;`);
    await on.page.keyboard.press('a');
    await on.shown('Clock number 2');
    await on.page.getByRole('status').getByText('Approved “Clock number 1”').waitFor();
    expect(on.told()).toMatchObject([[IDS[0], { decision: 'approve', revision: 1, publishAt: 'now' }]]);
    expect(await on.page.evaluate('window.brought')).toBe(false);
    expect(await on.isMarked()).toBe(true);
    await on.page.waitForURL((url) => !url.searchParams.has('notice'));
  });

  it('a approves, and a list that was on its way meanwhile does not bring the post back', async () => {
    const held = await on.openHolding('/desk', /part=list/);
    await on.page.evaluate("htmx.trigger('#rows', 'sse:post')");
    const late = await held();
    // As it was when it was asked for.
    const answer = await late.fetch();
    await on.page.keyboard.press('a');
    await on.shown('Clock number 2');
    const row = `#row-${IDS[0]}`;
    await on.page
      .evaluate(`new MutationObserver(() => { window.cameBack ||= document.querySelector('${row}') !== null; })
      .observe(document.body, { childList: true, subtree: true })`);
    await on.save({ ...on.statusOf(IDS[0]), status: 'scheduled', gate: null });
    const fresh = on.page.waitForRequest(/part=list/);
    await late.fulfill({ response: answer });
    await (await fresh).response();
    await on.page.locator('#rows:not(.htmx-request)').waitFor();
    expect(await on.page.locator(row).count()).toBe(0);
    expect(await on.page.evaluate('window.cameBack')).not.toBe(true);
  });

  it('the second click of a double click leaves the post that the first has brought', async () => {
    await on.open('/desk');
    await on.onMainShown(`
      if (!window.clicked) document.querySelector('.decide button[value=approve]').click();
      window.clicked = true;
    `);
    await on.page.keyboard.press('a');
    await until(() => on.page.evaluate('window.clicked === true'), Boolean);
    await on.page.locator('#main:not(:has(.htmx-request))').waitFor();
    expect(on.told()).toMatchObject([[IDS[0], { decision: 'approve' }]]);
    await on.shown('Clock number 2');
    // Nothing stands in the way of one who has seen it.
    await until(
      () => on.page.keyboard.press('a').then(() => on.told()),
      (all) => all.length > 1,
      200,
    );
    expect(on.told()[1]).toMatchObject([IDS[1], { decision: 'approve' }]);
  });

  it('of two posts that were chosen one after the other, the second stays, however late the first comes', async () => {
    const held = await on.openHolding('/desk', new RegExp(`/desk/posts/${IDS[1]}`));
    await on.page.keyboard.press('j');
    const late = await held();
    const answer = await late.fetch();
    await on.page.locator(`#row-${IDS[2]} > a`).click();
    await on.shown('Clock number 3');
    // Nobody waits for it any more.
    await late.fulfill({ response: answer }).catch(() => undefined);
    await on.page.locator('#main:not(:has(.htmx-request))').waitFor();
    await on.page.keyboard.press('a');
    await on.page.getByRole('status').getByText('Approved').waitFor();
    expect(on.told()).toMatchObject([[IDS[2], { decision: 'approve' }]]);
  });

  it('r and v ask for the note first; Ctrl+Enter sends it', async () => {
    await on.open('/desk');
    await on.page.keyboard.press('r');
    await on.page.keyboard.type('Off voice: arj.');
    await on.page.keyboard.press('Control+Enter');
    await on.shown('Clock number 2');
    await on.page.keyboard.press('v');
    await on.page.keyboard.type('Shorter.');
    await on.page.keyboard.press('Control+Enter');
    await on.shown('Clock number 3');
    expect(on.told()).toEqual([
      [IDS[0], { decision: 'reject', by: 'editor', reason: 'Off voice: arj.' }],
      [IDS[1], { decision: 'revise', by: 'editor', instructions: 'Shorter.', redo: 'text' }],
    ]);
  });

  it('? shows what they are, and none does anything beneath or in a field', async () => {
    await on.open('/desk');
    await on.page.keyboard.press('?');
    await on.page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await on.page.keyboard.press('a');
    await on.page.keyboard.press('Escape');
    await on.page.getByRole('searchbox').fill('');
    await on.page.getByRole('searchbox').press('a');
    expect(on.told()).toEqual([]);
    expect(await on.page.getByRole('searchbox').inputValue()).toBe('a');
  });

  it('on a phone that shows the list alone, a decides nothing', async () => {
    await on.open('/desk', { viewport: { width: 390, height: 844 } });
    await on.page.keyboard.press('a');
    await on.page.keyboard.press('j');
    await on.shown('Clock number 2');
    expect(on.told()).toEqual([]);
  });
});

describe('an edit', () => {
  it('counts while somebody types, and stays with the post', async () => {
    await on.open('/desk');
    await on.page.keyboard.press('e');
    const title = on.page.getByLabel('Title', { exact: true });
    await title.fill('x'.repeat(91));
    await on.page.getByText('91 of 90 characters').waitFor();
    const missed = on.page.locator('.counter.missed').filter({ hasText: 'of 90' });
    expect(await missed.count()).toBe(1);
    await title.fill('A shorter title');
    await on.page.getByText('15 of 90 characters').waitFor();
    expect(await missed.count()).toBe(0);
    await on.page.getByLabel('Hashtags').fill('#one two');
    await on.page.getByText('2 of 3 to 5 hashtags').waitFor();
    await on.page.getByRole('button', { name: 'Edit', exact: true }).click();
    await on.page.getByRole('status').getByText('Edited “Clock number 1”').waitFor();
    expect(on.told()).toEqual([
      [IDS[0], { decision: 'edit', by: 'editor', title: 'A shorter title', hashtags: ['one', 'two'] }],
    ]);
    expect(new URL(on.page.url()).pathname).toBe(`/desk/posts/${IDS[0]}`);
  });
});

describe('several at once', () => {
  it('are chosen, and approved with a result each', async () => {
    await on.open('/desk');
    expect(await on.page.getByRole('button', { name: 'Approve selected' }).isVisible()).toBe(false);
    await on.page.getByRole('checkbox', { name: 'Select Clock number 1' }).check();
    await on.page.getByRole('checkbox', { name: 'Select Clock number 3' }).check();
    await on.page.getByRole('button', { name: 'Approve selected' }).click();
    await on.page.getByRole('status').getByText('Approved “Clock number 3”').waitFor();
    expect(on.desk.workflows.told.map(({ id }) => id).toSorted()).toEqual([IDS[0], IDS[2]]);
  });
});

describe('what comes meanwhile', () => {
  it('into a list that was empty can be chosen and approved there', async () => {
    const [id, batchId] = ['HarborLate01', 'BatchBatch09'];
    await on.open(`/desk?status=queue&batch=${batchId}`);
    await on.page.getByText('Nothing').first().waitFor();
    await on.desk.savePost(waitingPost(id, { batchId, title: 'A late clock' }));
    await on.page.evaluate("htmx.trigger('#rows', 'sse:post')");
    await on.page.getByRole('checkbox', { name: 'Select A late clock' }).check();
    await on.page.getByRole('button', { name: 'Approve selected' }).click();
    await on.page.getByRole('status').getByText('Approved “A late clock”').waitFor();
    expect(on.told()).toMatchObject([[id, { decision: 'approve', gate: 'publish' }]]);
    await on.desk.savePost(waitingPost(id, { batchId, status: 'published', gate: null }));
  });

  it('leaves what is chosen, typed and unfolded', async () => {
    await on.open('/desk');
    await on.page.getByRole('checkbox', { name: 'Select Clock number 2' }).check();
    await on.page.getByRole('searchbox').fill('half a wo');
    await on.save({ ...on.statusOf(IDS[2]), title: 'Clock number 3, new' });
    await on.page.evaluate("htmx.trigger('#rows', 'sse:post')");
    await on.page.locator(`#row-${IDS[2]}`).getByText('Clock number 3, new').waitFor();
    expect(await on.page.getByRole('checkbox', { name: 'Select Clock number 2' }).isChecked()).toBe(true);
    expect(await on.page.getByRole('searchbox').inputValue()).toBe('half a wo');
  });

  it('one that was chosen before it changed is not approved as it is now', async () => {
    await on.open('/desk');
    await on.page.getByRole('checkbox', { name: 'Select Clock number 2' }).check();
    await on.save({ ...on.statusOf(IDS[1]), revision: 2, title: 'Clock number 2, new' });
    await on.page.evaluate("htmx.trigger('#rows', 'sse:post')");
    await on.page.locator(`#row-${IDS[1]}`).getByText('Clock number 2, new').waitFor();
    await on.page.getByRole('button', { name: 'Approve selected' }).click();
    await on.page.getByRole('status').getByText('Clock number 2, new').waitFor();
    expect(await on.page.getByRole('status').innerText()).toMatch(/revision/i);
    expect(on.told()).toEqual([]);
    await on.page.getByRole('checkbox', { name: 'Select Clock number 2' }).check();
    await on.page.getByRole('button', { name: 'Approve selected' }).click();
    await on.page.getByRole('status').getByText('Approved “Clock number 2, new”').waitFor();
    expect(on.told()).toMatchObject([[IDS[1], { decision: 'approve', revision: 2 }]]);
  });

  it('a decision on an outdated revision says what changed, and keeps the note', async () => {
    await on.open(`/desk/posts/${EDITED}`);
    await on.save({ ...on.statusOf(EDITED), revision: 3, caption: 'No time on any clock.' });
    await on.page.locator('.decide [name=note]').fill('Say it shorter.');
    await on.page.getByRole('button', { name: 'Revise' }).click();
    await on.page.getByRole('alert').getByText('Revision 3 by ana came meanwhile').waitFor();
    expect(await on.page.locator('.since ins').allInnerTexts()).toContain('No');
    expect(await on.page.locator('.decide [name=note]').inputValue()).toBe('Say it shorter.');
    expect(on.told()).toEqual([]);
    await on.page.getByRole('button', { name: 'Revise' }).click();
    await on.page.getByRole('status').getByText('is being made again').waitFor();
  });

  it('a post that changed is not pulled away, and can be shown', async () => {
    await on.open(`/desk/posts/${EDITED}`);
    await on.save({ ...on.statusOf(EDITED), revision: 3, title: 'A clock edited again' });
    const data = JSON.stringify({ id: EDITED, revision: 3, status: 'awaiting_approval' });
    await on.page.evaluate(`htmx.trigger('#bar-places', 'sse:post', { data: ${JSON.stringify(data)} })`);
    await on.page.getByRole('link', { name: 'Show it as it is now' }).click();
    await on.shown('A clock edited again');
  });

  it('a post that comes to wait while it is read takes no click at once, where a cancel was meant', async () => {
    const drawn = { ...on.statusOf(IDS[0]), status: 'illustrating', gate: null } as const;
    await on.save(drawn);
    await on.open(`/desk/posts/${IDS[0]}`);
    await on.onMainShown(`
      const button = document.querySelector('.decide button[value=approve]');
      window.heldBack = button?.closest('.unseen') !== null;
      button?.click();
    `);
    await on.page.getByRole('button', { name: 'Cancel' }).first().waitFor();
    await on.save({ ...drawn, status: 'awaiting_approval', gate: 'publish' });
    await until(() => on.page.evaluate('window.heldBack !== undefined'), Boolean);
    expect(await on.page.evaluate('window.heldBack')).toBe(true);
    expect(on.told()).toEqual([]);
  });
});

describe('without scripts', () => {
  it.each([390, 1440])('a post is approved, and one is edited, at %i px', async (width) => {
    await on.open('/desk', { javaScriptEnabled: false, viewport: { width, height: 844 } });
    await on.page.getByRole('link', { name: /Clock number 1/ }).click();
    await on.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await on.shown('Clock number 2');
    await on.page.getByText('Approved “Clock number 1”').waitFor();
    await on.page.getByRole('button', { name: 'Edit', exact: true }).click();
    await on.page.getByLabel('Caption').fill('By hand.');
    await on.page.getByRole('button', { name: 'Edit', exact: true }).click();
    await on.page.getByText('Edited “Clock number 2”').waitFor();
    await on.page.getByRole('button', { name: 'Reject' }).click();
    await on.page.getByRole('alert').getByText('Say why').waitFor();
    expect(on.told()).toMatchObject([
      [IDS[0], { decision: 'approve', revision: 1 }],
      [IDS[1], { decision: 'edit', caption: 'By hand.' }],
    ]);
  });

  it('the time of an approval is asked for where it is wanted', async () => {
    await on.open(`/desk/posts/${IDS[0]}`, { javaScriptEnabled: false });
    expect(await on.page.getByLabel(/Day and time/).isVisible()).toBe(false);
    await on.page.getByLabel('When to publish').selectOption('at');
    await on.page.getByLabel(/Day and time/).fill('2026-07-02T09:00');
    await on.page.getByRole('button', { name: 'Approve', exact: true }).click();
    await on.page.getByText('it is published Jul 2, 9:00 AM').waitFor();
    expect(on.told()).toMatchObject([[IDS[0], { publishAt: '2026-07-02T07:00:00.000Z' }]]);
  });

  it('the second click of a double click leaves the post that the first has brought', async () => {
    // Where the decision stays in its place.
    await on.open(`/desk/posts/${IDS[0]}`, {
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    });
    const approve = on.page.getByRole('button', { name: 'Approve', exact: true });
    const animation = () =>
      on.page.evaluate('getComputedStyle(document.querySelector(".decide .main-button")).animationName');
    expect(await animation()).toBe('none');
    await approve.click();
    await on.shown('Clock number 2');
    await approve.waitFor();
    expect(await animation()).toBe('unseen');
  });
});
