import { describe, expect, it } from 'vitest';
import { until } from '../../test/until.js';
import { waitingPost } from '../testing/samples.js';
import { EDITED, IDS, minute, PHONE, useReviewDesk } from './testing/review-desk.js';

const on = useReviewDesk();
const [FIRST, SECOND, THIRD] = IDS;

describe('keys', () => {
  it('j and k go through the list, in the pane', async () => {
    const page = await on.open('/desk');
    await on.markPage();
    await on.press('j', 'Clock number 2');
    await on.press('j', 'Clock number 3');
    await on.press('k', 'Clock number 2');
    expect(new URL(page.url()).pathname).toBe(`/desk/posts/${SECOND}`);
    expect(await page.title()).toContain('Clock number 2');
    expect(await on.isMarked()).toBe(true);
  });

  it('a approves, and the next post stands there with a line that says so', async () => {
    const page = await on.open('/desk');
    await on.markPage();
    // What the decision leads to: a list that is fetched afterwards has the post until the archive hears of it.
    await on.onMainShown(`window.brought = document.querySelector('#row-${FIRST}') !== null;`);
    await on.press('a', 'Clock number 2');
    await on.said('Approved “Clock number 1”');
    expect(on.told()).toMatchObject([[FIRST, { decision: 'approve', revision: 1, publishAt: 'now' }]]);
    expect(await page.evaluate('window.brought')).toBe(false);
    expect(await on.isMarked()).toBe(true);
    await page.waitForURL((url) => !url.searchParams.has('notice'));
  });

  it('a approves, and a list that was on its way meanwhile does not bring the post back', async () => {
    const held = await on.openHolding('/desk', /part=list/);
    const { page } = on;
    await on.hearOfPosts();
    const late = await held();
    // As it was when it was asked for.
    const answer = await late.fetch();
    await on.press('a', 'Clock number 2');
    const row = `#row-${FIRST}`;
    await page.evaluate(`new MutationObserver(() => {
      window.cameBack ||= document.querySelector('${row}') !== null;
    }).observe(document.body, { childList: true, subtree: true })`);
    await on.change(FIRST, { status: 'scheduled', gate: null });
    const fresh = page.waitForRequest(/part=list/);
    await late.fulfill({ response: answer });
    await (await fresh).response();
    await page.locator('#rows:not(.htmx-request)').waitFor();
    expect(await page.locator(row).count()).toBe(0);
    expect(await page.evaluate('window.cameBack')).not.toBe(true);
  });

  it('the second click of a double click leaves the post that the first has brought', async () => {
    const page = await on.open('/desk');
    await on.onMainShown(`
      if (!window.clicked) document.querySelector('.decide button[value=approve]').click();
      window.clicked = true;
    `);
    await page.keyboard.press('a');
    await until(() => page.evaluate('window.clicked === true'), Boolean);
    await page.locator('#main:not(:has(.htmx-request))').waitFor();
    expect(on.told()).toMatchObject([[FIRST, { decision: 'approve' }]]);
    await on.shown('Clock number 2');
    // Nothing stands in the way of one who has seen it.
    await until(
      () => page.keyboard.press('a').then(() => on.told()),
      (all) => all.length > 1,
      200,
    );
    expect(on.told()[1]).toMatchObject([SECOND, { decision: 'approve' }]);
  });

  it('of two posts that were chosen one after the other, the second stays, however late the first comes', async () => {
    const held = await on.openHolding('/desk', new RegExp(`/desk/posts/${SECOND}`));
    const { page } = on;
    await page.keyboard.press('j');
    const late = await held();
    const answer = await late.fetch();
    await page.locator(`#row-${THIRD} > a`).click();
    await on.shown('Clock number 3');
    // Nobody waits for it any more.
    await late.fulfill({ response: answer }).catch(() => undefined);
    await page.locator('#main:not(:has(.htmx-request))').waitFor();
    await page.keyboard.press('a');
    await on.said('Approved');
    expect(on.told()).toMatchObject([[THIRD, { decision: 'approve' }]]);
  });

  it('r and v ask for the note first; Ctrl+Enter sends it', async () => {
    const { keyboard } = await on.open('/desk');
    await keyboard.press('r');
    await keyboard.type('Off voice: arj.');
    await on.press('Control+Enter', 'Clock number 2');
    await keyboard.press('v');
    await keyboard.type('Shorter.');
    await on.press('Control+Enter', 'Clock number 3');
    expect(on.told()).toEqual([
      [FIRST, { decision: 'reject', by: 'editor', reason: 'Off voice: arj.' }],
      [SECOND, { decision: 'revise', by: 'editor', instructions: 'Shorter.', redo: 'text' }],
    ]);
  });

  it('a note that a rejection lacked does not keep the approval', async () => {
    await on.open(`/desk/posts/${FIRST}`);
    await on.button('Reject').click();
    await on.button('Approve').click();
    await on.said('Approved');
    expect(on.told()).toMatchObject([[FIRST, { decision: 'approve' }]]);
  });

  it('? shows what they are, and none does anything beneath or in a field', async () => {
    const page = await on.open('/desk');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    await page.keyboard.press('a');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('');
    await page.getByRole('searchbox').press('a');
    expect(on.told()).toEqual([]);
    expect(await page.getByRole('searchbox').inputValue()).toBe('a');
  });

  it('a decides nothing that is not there to be read, and r waits for it', async () => {
    const held = await on.openHolding('/desk', new RegExp(`/desk/posts/${SECOND}`));
    const { keyboard } = on.page;
    await keyboard.press('j');
    const late = await held();
    await on.current(SECOND);
    await keyboard.press('a');
    // Pressed while nothing of it is there, and typed on.
    await keyboard.type('rae');
    await late.continue().catch(() => undefined);
    await on.shown('Clock number 2');
    await on.page.locator('.decide [name=note]:focus').waitFor();
    await keyboard.type('Off.');
    await on.press('Control+Enter', 'Clock number 3');
    expect(on.told()).toMatchObject([[SECOND, { decision: 'reject', reason: 'Off.' }]]);
  });

  it('Escape leaves a note and a search, which / opens', async () => {
    const { keyboard } = await on.open('/desk');
    await keyboard.press('v');
    await keyboard.type('A');
    await keyboard.press('Escape');
    await on.press('j', 'Clock number 2');
    await keyboard.press('/');
    await keyboard.type('jjj');
    await keyboard.press('Escape');
    await on.press('k', 'Clock number 1');
    expect(on.told()).toEqual([]);
  });

  it('x selects, Shift goes on from there, and a is for all of them', async () => {
    const page = await on.open('/desk');
    const { keyboard } = page;
    const said = page.locator('.several-count');
    await keyboard.press('x');
    for (const key of ['j', 'j', 'j', 'k']) await keyboard.press(`Shift+${key}`);
    expect(await said.innerText()).toBe('3 of 5 selected');
    await on.button('Select all').click();
    expect(await said.innerText()).toBe('5 of 5 selected');
    await keyboard.press('Escape');
    expect(await said.isVisible()).toBe(false);
    await on.box('Clock number 1').click();
    await on.box('Clock number 3').click({ modifiers: ['Shift'] });
    expect(await said.innerText()).toBe('3 of 5 selected');
    await keyboard.press('a');
    await on.said('Approved “Clock number 3”');
    expect(on.desk.workflows.told.map(({ id }) => id).toSorted()).toEqual([...IDS]);
  });

  it.each([
    ['an edited', /posts\/HarborEdit01$/],
    ['@pier acc', /desk\?account=pier$/],
    ['calen', /desk\/calendar$/],
    ['ship batch 01', /desk\/batches\/BatchBatch01$/],
    [SECOND, new RegExp(`posts/${SECOND}$`)],
  ])('Ctrl+K goes to %j', async (words, address) => {
    const page = await on.open('/desk');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.getByRole('option').and(page.locator(':only-child')).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(address);
  });

  it('Ctrl+K decides, too, and says what it found to those who hear it', async () => {
    const page = await on.open('/desk');
    await page.getByRole('button', { name: 'Go anywhere' }).click();
    await page.keyboard.type('this post');
    const field = page.getByRole('combobox', { name: /action/ });
    const named = async () =>
      page.locator(`#${await field.getAttribute('aria-activedescendant')}`).innerText();
    expect(await named()).toContain('Approve this post');
    await page.keyboard.press('ArrowDown');
    expect(await named()).toContain('Revise this post');
    await page.keyboard.press('ArrowUp');
    await on.press('Enter', 'Clock number 2');
    expect(on.told()).toMatchObject([[FIRST, { decision: 'approve' }]]);
  });

  it('on a phone that shows the list alone, a decides nothing', async () => {
    const { keyboard } = await on.open('/desk', { viewport: PHONE });
    await keyboard.press('a');
    await on.press('j', 'Clock number 2');
    expect(on.told()).toEqual([]);
  });
});

it('an edit counts while somebody types, and stays with the post', async () => {
  const page = await on.open('/desk');
  await page.keyboard.press('e');
  const title = page.getByLabel('Title', { exact: true });
  await title.fill('x'.repeat(91));
  await page.getByText('91 of 90 characters').waitFor();
  const missed = page.locator('.counter.missed').filter({ hasText: 'of 90' });
  expect(await missed.count()).toBe(1);
  await title.fill('A shorter title');
  await page.getByText('15 of 90 characters').waitFor();
  expect(await missed.count()).toBe(0);
  await page.getByLabel('Hashtags').fill('#one two');
  await page.getByText('2 of 3 to 5 hashtags').waitFor();
  await on.button('Save').click();
  await on.said('Edited “Clock number 1”');
  const edit = {
    decision: 'edit',
    by: 'editor',
    revision: 1,
    title: 'A shorter title',
    hashtags: ['one', 'two'],
  };
  expect(on.told()).toEqual([[FIRST, edit]]);
  expect(new URL(page.url()).pathname).toBe(`/desk/posts/${FIRST}`);
});

it('Ctrl+Enter saves what is edited and approves it, and the bar shows at once that it was pressed', async () => {
  const held = await on.openHolding('/desk', /\/save$/);
  const { page } = on;
  await page.keyboard.press('e');
  await page.getByLabel('Caption').fill('By hand.');
  await page.keyboard.press('Control+Enter');
  const sent = await held();
  await page.locator('form.edit.sent .pressed').getByText('Save and approve').waitFor();
  await sent.continue();
  await on.shown('Clock number 2');
  await on.said('Approved “Clock number 1”');
  expect(on.told()).toMatchObject([
    [FIRST, { decision: 'edit', caption: 'By hand.' }],
    [FIRST, { decision: 'approve', revision: 1 }],
  ]);
});

it('several are chosen at once, and approved with a result each', async () => {
  await on.open('/desk');
  const approve = on.button('Approve selected');
  expect(await approve.isVisible()).toBe(false);
  for (const title of ['Clock number 1', 'Clock number 3']) await on.box(title).check();
  await approve.click();
  await on.said('Approved “Clock number 3”');
  expect(on.desk.workflows.told.map(({ id }) => id).toSorted()).toEqual([FIRST, THIRD]);
});

describe('what comes meanwhile', () => {
  it('into a list that was empty can be chosen and approved there', async () => {
    const [id, batchId] = ['HarborLate01', 'BatchBatch09'];
    const page = await on.open(`/desk?status=queue&batch=${batchId}`);
    await page.getByText('Nothing').first().waitFor();
    await on.save(waitingPost(id, { batchId, title: 'A late clock' }));
    await on.hearOfPosts();
    await on.box('A late clock').check();
    await on.button('Approve selected').click();
    await on.said('Approved “A late clock”');
    expect(on.told()).toMatchObject([[id, { decision: 'approve', gate: 'publish' }]]);
    await on.change(id, { status: 'published', gate: null });
  });

  it('leaves what is chosen, typed and unfolded', async () => {
    const page = await on.open('/desk');
    await on.box('Clock number 2').check();
    await page.getByRole('searchbox').fill('half a wo');
    await on.change(THIRD, { title: 'Clock number 3, new' });
    await on.hearOfPosts();
    await page.locator(`#row-${THIRD}`).getByText('Clock number 3, new').waitFor();
    expect(await on.box('Clock number 2').isChecked()).toBe(true);
    expect(await page.getByRole('searchbox').inputValue()).toBe('half a wo');
  });

  it('one that was chosen before it changed is not approved as it is now', async () => {
    const page = await on.open('/desk');
    await on.box('Clock number 2').check();
    await on.change(SECOND, { revision: 2, title: 'Clock number 2, new' });
    await on.hearOfPosts();
    await page.locator(`#row-${SECOND}`).getByText('Clock number 2, new').waitFor();
    await on.button('Approve selected').click();
    await on.said('Clock number 2, new');
    expect(await page.getByRole('status').innerText()).toMatch(/revision/i);
    expect(on.told()).toEqual([]);
    await on.box('Clock number 2').check();
    await on.button('Approve selected').click();
    await on.said('Approved “Clock number 2, new”');
    expect(on.told()).toMatchObject([[SECOND, { decision: 'approve', revision: 2 }]]);
  });

  it('a decision on an outdated revision says what changed, and keeps the note', async () => {
    const page = await on.open(`/desk/posts/${EDITED}`);
    const note = page.locator('.decide [name=note]');
    await on.change(EDITED, { revision: 3, caption: 'No time on any clock.' });
    await note.fill('Say it shorter.');
    await on.button('Revise').click();
    await page.getByRole('alert').getByText('Revision 3 by ana came meanwhile').waitFor();
    expect(await page.locator('.since ins').allInnerTexts()).toContain('No');
    expect(await note.inputValue()).toBe('Say it shorter.');
    expect(on.told()).toEqual([]);
    await on.button('Revise').click();
    await on.said('is being made again');
  });

  it('a post that changed is not pulled away, and can be shown', async () => {
    const page = await on.open(`/desk/posts/${EDITED}`);
    await on.change(EDITED, { revision: 3, title: 'A clock edited again' });
    const data = JSON.stringify({ id: EDITED, revision: 3, status: 'awaiting_approval' });
    await page.evaluate(`htmx.trigger('#bar-places', 'sse:post', { data: ${JSON.stringify(data)} })`);
    await page.getByRole('link', { name: 'Show it as it is now' }).click();
    await on.shown('A clock edited again');
  });

  it('what another person decides on the post that is read is said with their name', async () => {
    const page = await on.open(`/desk/posts/${FIRST}`);
    const approved = { decision: 'approve', by: 'ann', gate: 'publish', note: null } as const;
    const review = [{ ...approved, revision: 1, at: minute(7), counted: true }];
    await on.change(FIRST, { status: 'scheduled', gate: null, review });
    await page.locator('#post-changed').getByText('Approved by ann.').waitFor();
    await page.getByRole('link', { name: 'Show it as it is now' }).click();
    await page.locator('.reader').getByText('takes the next free slot').waitFor();
  });

  it('a post that comes to wait while it is read takes no click at once, where a cancel was meant', async () => {
    await on.change(FIRST, { status: 'illustrating', gate: null });
    const page = await on.open(`/desk/posts/${FIRST}`);
    await on.onMainShown(`
      const button = document.querySelector('.decide button[value=approve]');
      window.heldBack = button?.closest('.unseen') !== null;
      button?.click();
    `);
    await page.getByRole('button', { name: 'Cancel' }).first().waitFor();
    await on.change(FIRST, { status: 'awaiting_approval', gate: 'publish' });
    await until(() => page.evaluate('window.heldBack !== undefined'), Boolean);
    expect(await page.evaluate('window.heldBack')).toBe(true);
    expect(on.told()).toEqual([]);
  });
});

describe('without scripts', () => {
  it.each([390, 1440])('a post is approved, and one is edited, at %i px', async (width) => {
    const page = await on.open('/desk', { javaScriptEnabled: false, viewport: { width, height: 844 } });
    await page.getByRole('link', { name: /Clock number 1/ }).click();
    await on.button('Approve').click();
    await on.shown('Clock number 2');
    await page.getByText('Approved “Clock number 1”').waitFor();
    await on.button('Edit').click();
    await page.getByLabel('Caption').fill('By hand.');
    await on.button('Save').click();
    await page.getByText('Edited “Clock number 2”').waitFor();
    await on.button('Reject').click();
    await page.getByRole('alert').getByText('Say why').waitFor();
    const edited = [SECOND, { decision: 'edit', caption: 'By hand.' }];
    expect(on.told()).toMatchObject([[FIRST, { decision: 'approve', revision: 1 }], edited]);
  });

  it('the time of an approval is asked for where it is wanted', async () => {
    const page = await on.open(`/desk/posts/${FIRST}`, { javaScriptEnabled: false });
    const time = page.getByLabel(/Day and time/);
    expect(await time.isVisible()).toBe(false);
    await page.getByLabel('When to publish').selectOption('at');
    await time.fill('2026-07-02T09:00');
    await on.button('Approve').click();
    await page.getByText('it is published Jul 2, 09:00').waitFor();
    expect(on.told()).toMatchObject([[FIRST, { publishAt: '2026-07-02T07:00:00.000Z' }]]);
  });

  it('the second click of a double click leaves the post that the first has brought', async () => {
    // Where the decision stays in its place.
    const page = await on.open(`/desk/posts/${FIRST}`, { javaScriptEnabled: false, viewport: PHONE });
    const animation = () =>
      page.evaluate('getComputedStyle(document.querySelector(".decide .main-button")).animationName');
    expect(await animation()).toBe('none');
    await on.button('Approve').click();
    await on.shown('Clock number 2');
    await on.button('Approve').waitFor();
    expect(await animation()).toBe('unseen');
  });
});
