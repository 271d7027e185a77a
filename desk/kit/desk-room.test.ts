import { expect, it } from 'vitest';
import { TOKEN, EDITOR_TOKEN, twoPeople, VIEWER_TOKEN, useDesk } from '../testing/use-desk.js';

/** What holds for every address of the desk's rooms, those that are added later as well. */

const desk = useDesk({ people: twoPeople() });

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
  ['of an editor from another site', TOKEN, { Origin: 'https://evil.example' }, 'from another site'],
  ['that a browser says to cross sites', TOKEN, { 'Sec-Fetch-Site': 'cross-site' }, 'from another site'],
  ['of who only reads', VIEWER_TOKEN, {}, 'change nothing'],
])('no form %s is taken', async (_, token, more, words) => {
  for (const path of [
    '/desk/calendar/move',
    '/desk/decide',
    '/desk/posts/NoSuchThing1/raise',
    '/desk/posts/NoSuchThing1/decide',
  ])
    expect(addresses('POST')).toContain(path);
  for (const path of addresses('POST')) {
    const answer = await desk.postSignedIn(path, {}, { Authorization: `Bearer ${token}`, ...more });
    expect([path, answer.status]).toEqual([path, 403]);
    expect(await answer.text(), path).toContain(words);
  }
  expect(desk.workflows.told).toEqual([]);
});

it('an address of the desk where nothing is has its bar for the signed-in, and nothing for a stranger', async () => {
  for (const path of ['/desk/no-such-place', '/desk/posts/NoSuchThing1', '/desk/batches/NoSuchThing1']) {
    const answer = await desk.getSignedIn(path);
    expect([path, answer.status]).toEqual([path, 404]);
    expect(await answer.text(), path).toContain('aria-label="Desk"');
  }
  expect(await (await desk.get('/desk/no-such-place')).text()).not.toContain('aria-label="Desk"');
});

it('a form of an editor is taken where there is something for it', async () => {
  const editor = { Authorization: `Bearer ${EDITOR_TOKEN}` };
  expect((await desk.postSignedIn('/desk/batches/NoSuchThing1/pause', {}, editor)).status).toBe(404);
});
