import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Archive } from '../archive.js';
import { batchRecord, postRecord } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';

const id = (): string => newId(randomInt);
const HOUR = 3_600_000;
const START = Date.parse('2027-03-01T09:00:00Z');
const at = (n: number): string => new Date(START + n * HOUR).toISOString();
const MOMENTS = Array.from({ length: 250 }, (_, n) => at(n));

/** What every archive promises of who goes out when. `open` gives one on an empty database. */
export function takenSlotsContract(name: string, open: () => Promise<Archive>): void {
  describe(`the slots of accounts, on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const request = (account: string, postId = id(), sequence = 1) => ({ account, postId, sequence });
    const next = (asked: ReturnType<typeof request>, moments: Iterable<string> = MOMENTS) =>
      archive.slots.takeNext(asked, moments);
    const taken = async (account: string) =>
      (await archive.slots.list({ account, from: at(0), until: at(1_000) })).map((slot) => [
        slot.at,
        slot.postId,
        ...(slot.beside ? ['beside'] : []),
      ]);

    test('each post has the next free one, and another account has its own', async () => {
      const [ash, crumb] = [id(), id()];
      expect([await next(request(ash)), await next(request(ash)), await next(request(crumb))]).toEqual([
        at(0),
        at(1),
        at(0),
      ]);
    });

    test('one that is asked twice, or asked late, is answered as before and takes nothing more', async () => {
      const account = id();
      const first = request(account);
      expect([await next(first), await next(first)]).toEqual([at(0), at(0)]);
      const second = { ...first, sequence: 2 };
      expect(await next(second)).toBe(at(1));
      expect(await next(first), 'an attempt that was believed dead').toBeNull();
      await archive.slots.giveBack(first);
      expect(await taken(account)).toEqual([[at(1), first.postId]]);
      await archive.slots.giveBack({ ...first, sequence: 3 });
      expect(await next(second)).toBeNull();
      expect(await taken(account)).toEqual([]);
    });

    test('one that was given back is the next free one', async () => {
      const account = id();
      const [one, two] = [request(account), request(account)];
      await next(one);
      await next(two);
      await archive.slots.giveBack({ ...one, sequence: 2 });
      const three = request(account);
      expect(await next(three)).toBe(at(0));
      expect(await taken(account)).toEqual([
        [at(0), three.postId],
        [at(1), two.postId],
      ]);
    });

    test('all that ask at the same moment have one each, and none is left out', async () => {
      const account = id();
      const asked = Array.from({ length: 130 }, () => request(account));
      const answers = await Promise.all([...asked, ...asked].map((each) => next(each)));
      expect(answers.slice(0, 130)).toEqual(answers.slice(130));
      expect(answers.slice(0, 130).toSorted()).toEqual(MOMENTS.slice(0, 130));
    });

    test('there may be none', async () => {
      const account = id();
      expect(await next(request(account), [])).toBeNull();
      expect(await next(request(account), [at(0)])).toBe(at(0));
      expect(await next(request(account), [at(0)])).toBeNull();
    });

    test('a time that a person names is taken, and of two at one time the second goes out beside the first', async () => {
      const account = id();
      const [one, two] = [request(account), request(account)];
      await archive.slots.takeAt(one, at(0));
      await archive.slots.takeAt(one, at(0));
      await archive.slots.takeAt(two, at(0));
      const both = [
        [at(0), one.postId],
        [at(0), two.postId, 'beside'],
      ];
      expect(await taken(account)).toEqual(both);
      await archive.slots.giveBack({ ...one, sequence: 2 });
      // The one beside it still goes out then, so that it is not free.
      expect(await next(request(account))).toBe(at(1));
      await archive.slots.takeAt({ ...two, sequence: 2 }, at(0));
      expect((await taken(account))[0]).toEqual([at(0), two.postId]);
    });

    test('a post that ended without a word gives back a moment to come, and keeps one that has gone by', async () => {
      const account = id();
      const [gone, ended, other] = [request(account), request(account), request(account)];
      const past = '2020-03-01T09:00:00.000Z';
      await archive.slots.takeAt(gone, past);
      await next(ended);
      await next(other);
      await archive.slots.freeEnded([gone.postId, ended.postId, id()]);
      await archive.slots.freeEnded([]);
      expect(await taken(account)).toEqual([[at(1), other.postId]]);
      expect(await archive.slots.list({ account, from: past, until: at(0) })).toMatchObject([
        { postId: gone.postId, at: past },
      ]);
      expect(await next(request(account))).toBe(at(0));
    });

    test('two posts change their moments, which they then have when they ask for them', async () => {
      const account = id();
      const [one, two, other] = [request(account), request(account), request(id())];
      await next(one);
      await next(two);
      await next(other);
      expect(await archive.slots.swap(one.postId, two.postId)).toBe(true);
      const swapped = [
        [at(0), two.postId],
        [at(1), one.postId],
      ];
      expect(await taken(account)).toEqual(swapped);
      await archive.slots.takeAt({ ...one, sequence: 2 }, at(1));
      await archive.slots.takeAt({ ...two, sequence: 2 }, at(0));
      expect(await taken(account)).toEqual(swapped);
      expect(await archive.slots.swap(one.postId, other.postId), 'of another account').toBe(false);
      expect(await archive.slots.swap(one.postId, id())).toBe(false);
      await archive.slots.giveBack({ ...two, sequence: 3 });
      expect(await archive.slots.swap(one.postId, two.postId)).toBe(false);
      expect(await taken(account)).toEqual([[at(1), one.postId]]);
    });

    test('a swap beside one that takes the next free slot: no moment is lost, and none has two', async () => {
      const account = id();
      const [one, two] = [request(account), request(account)];
      await next(one);
      await next(two);
      const others = Array.from({ length: 10 }, () => request(account));
      await Promise.all([
        ...others.map((each) => next(each)),
        ...others.map(() => archive.slots.swap(one.postId, two.postId)),
      ]);
      expect((await taken(account)).map(([moment]) => moment)).toEqual(MOMENTS.slice(0, 12));
    });

    test('says the title of a post that is on record, from one moment on and before another', async () => {
      const batch = batchRecord(id(), 'harbor');
      const post = postRecord(id(), batch, { title: 'The slow boat' });
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      const young = id();
      await next(request('harbor', post.status.id));
      await next(request('harbor', young));
      await next(request('harbor'));
      expect(await archive.slots.list({ account: 'harbor', from: at(0), until: at(2) })).toEqual([
        { at: at(0), account: 'harbor', postId: post.status.id, title: 'The slow boat', beside: false },
        { at: at(1), account: 'harbor', postId: young, title: null, beside: false },
      ]);
      expect(await archive.slots.list({ account: 'nobody', from: at(0), until: at(2) })).toEqual([]);
    });
  });
}
