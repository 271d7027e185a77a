import { fork, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '../contract/ids.js';
import { slotMoments } from '../contract/slot-moments.js';
import { openArchive, type Archive } from '../services/archive/archive.js';
import { borrowDatabase } from './servers/borrow.js';
import type { Taking } from './slot-processes/taker.child.js';

const TAKER = fileURLToPath(new URL('slot-processes/taker.child.ts', import.meta.url));
const POSTS = 200;
const PROCESSES = 4;
const WEEK = { mon: ['09:00', '17:30'], wed: ['12:15'], sat: ['02:30'] };
const ZONE = 'Europe/Lisbon';
const FROM = '2027-01-04T00:00:00.000Z';

let databaseUrl: string;
let archive: Archive;
const children: ChildProcess[] = [];
beforeAll(async () => {
  databaseUrl = await borrowDatabase();
  archive = await openArchive({ databaseUrl, folder: '' });
  await archive.migrate();
}, 300_000);
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await archive?.close();
});

/** The next message of a process. @throws Error when it ends first */
const heard = <T>(child: ChildProcess): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
  });

it(`${POSTS} posts approved at once by ${PROCESSES} processes: no slot twice, and none left out`, async () => {
  const orders = Array.from({ length: POSTS }, () => ({
    ...{ postId: newId((max) => randomInt(max)), account: 'ash', sequence: 1 },
    ...{ week: WEEK, timeZone: ZONE, named: null, from: FROM },
  }));
  for (let n = 0; n < PROCESSES; n += 1) {
    const share = orders.filter((_, index) => index % PROCESSES === n);
    const taking = JSON.stringify({ databaseUrl, orders: share } satisfies Taking);
    children.push(fork(TAKER, [taking], { execArgv: ['--import', 'tsx'] }));
  }
  await Promise.all(children.map((child) => heard(child)));
  const said = children.map((child) => heard<{ answers: string[] }>(child));
  for (const child of children) child.send('go');
  const answers = (await Promise.all(said)).flatMap((each) => each.answers);

  const moments = slotMoments({ week: WEEK }, ZONE, Date.parse(FROM));
  const first = Array.from({ length: POSTS }, () => new Date(moments.next().value as number).toISOString());
  expect(answers.filter((_, index) => index % 2 === 0).toSorted()).toEqual(first);
  expect(answers.filter((_, index) => index % 2 === 1).toSorted()).toEqual(first);
  const until = '2029-01-01T00:00:00Z';
  const taken = await archive.slots.list({ account: 'ash', from: FROM, until });
  expect(taken.map(({ at, beside }) => [at, beside])).toEqual(first.map((at) => [at, false]));
  expect(new Set(taken.map(({ postId }) => postId)).size).toBe(POSTS);
}, 120_000);
