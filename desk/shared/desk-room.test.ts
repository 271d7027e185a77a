/** What holds for every address of the desk's rooms, those that are added later as well. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OPENING_MS, openDesk, TOKEN, type DeskUnderTest } from '../testing/desk-under-test.js';
import { EDITOR_TOKEN, twoPeople, VIEWER_TOKEN } from '../testing/people.js';

let desk: DeskUnderTest;
beforeAll(async () => {
  desk = await openDesk({ people: twoPeople() });
}, OPENING_MS);
afterAll(() => desk.close());

/** Whether a room answers there: not to every address at once, nor on the open pages of signing in and of the API. */
const isOfRoom = (path: string): boolean =>
  path.startsWith('/desk/') && !/\*|\/sign-|^\/desk\/api$/.test(path);
const addresses = (method: string): string[] =>
  desk.app.routes
    .filter((route) => route.method === method && isOfRoom(route.path))
    .map(({ path }) => path.replace(/:\w+/g, 'NoSuchThing1'));

it('a stranger gets the form to sign in, from every page and for every form', async () => {
  expect(addresses('GET')).toContain('/desk/costs');
  for (const path of addresses('GET')) {
    const answer = await desk.get(path);
    expect([path, answer.status]).toEqual([path, 401]);
    expect(await answer.text(), path).toContain('action="/desk/sign-in"');
  }
  for (const path of addresses('POST'))
    expect([path, (await desk.postSignedIn(path, {}, { Authorization: '' })).status]).toEqual([path, 401]);
});

it.each([
  ['of an editor from another site', TOKEN, 'https://evil.example', 'from another site'],
  ['of who only reads', VIEWER_TOKEN, undefined, 'change nothing'],
])('no form %s is taken', async (_, token, origin, words) => {
  expect(addresses('POST')).toContain('/desk/calendar/move');
  for (const path of addresses('POST')) {
    const headers = { Authorization: `Bearer ${token}`, ...(origin && { Origin: origin }) };
    const answer = await desk.postSignedIn(path, {}, headers);
    expect([path, answer.status]).toEqual([path, 403]);
    expect(await answer.text(), path).toContain(words);
  }
});

it('a form of an editor is taken where there is something for it', async () => {
  const editor = { Authorization: `Bearer ${EDITOR_TOKEN}` };
  expect((await desk.postSignedIn('/desk/batches/NoSuchThing1/pause', {}, editor)).status).toBe(404);
});
