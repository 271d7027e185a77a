import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { Archive } from '../archive.js';
import { charge } from '../sample-records.js';
import { useArchive } from '../testing/use-archive.js';
import { newTurn } from './testing/turns.js';

const id = (): string => newId(randomInt);
const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every archive promises of the list of conversations. `open` gives one on an empty database. */
export function chatListContract(name: string, open: () => Promise<Archive>): void {
  describe(`conversations on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    test('a row tells what was asked first, how often, until when, and what it cost', async () => {
      const { chatId, account } = newTurn({ account: id() });
      const said = { chatId, account };
      await archive.chats.saveTurn(newTurn({ ...said, turn: 2, question: 'And then?', at: at(7) }));
      await archive.chats.saveTurn(newTurn({ ...said, turn: 1, question: 'What first?', at: at(3) }));
      const payer = { account, planner: null, batchId: null, postId: null, chatId };
      const charges = [
        charge('chat', { amount: 5 }),
        charge('embedding', { amount: 60 }),
        charge('chat', { amount: 700, outcome: 'malformed' }),
        charge('chat', { amount: 8_000, basis: 'unknown', outcome: 'lost' }),
        charge('chat', { amount: 90_000, offline: true }),
      ];
      await archive.ledger.settle({ payer, charges });
      await archive.ledger.settle({ payer: { ...payer, chatId: id() }, charges: [charge('chat')] });
      const chat = {
        id: chatId,
        account,
        createdAt: at(7),
        lastAt: at(7),
        turns: 2,
        question: 'What first?',
        cost: 765,
        offline: false,
      };
      expect(await archive.chats.listChats({ account })).toEqual({ chats: [chat], next: null });
      expect(await archive.chats.findChat(chatId)).toEqual(chat);
      await archive.chats.saveTurn(newTurn({ ...said, turn: 3, offline: true, at: at(8) }));
      expect(await archive.chats.findChat(chatId)).toEqual({
        ...chat,
        turns: 3,
        lastAt: at(8),
        offline: true,
      });
    });

    test('the newest comes first, of one account or of all', async () => {
      const [one, two] = [id(), id()];
      const saved = [];
      for (const [account, minute] of [
        [one, 50],
        [two, 52],
        [one, 51],
      ] as const) {
        const turn = newTurn({ account, at: at(minute) });
        await archive.chats.saveTurn(turn);
        saved.push(turn.chatId);
      }
      const ids = async (query = {}) => (await archive.chats.listChats(query)).chats.map((chat) => chat.id);
      expect(await ids({ account: one })).toEqual([saved[2], saved[0]]);
      expect(await ids({ limit: 3 })).toEqual([saved[1], saved[2], saved[0]]);
      expect(await ids({ account: id() })).toEqual([]);
    });

    test('pages have every conversation once, whatever begins, goes on and is deleted meanwhile', async () => {
      const account = id();
      const ids = new Set<string>();
      for (const minute of [1, 2, 2, 2, 2, 3, 4]) {
        const turn = newTurn({ account, at: at(minute) });
        await archive.chats.saveTurn(turn);
        ids.add(turn.chatId);
      }
      const seen: string[] = [];
      const sizes: number[] = [];
      for (let cursor: string | undefined; ;) {
        const { chats, next } = await archive.chats.listChats({ account, limit: 3, cursor });
        seen.push(...chats.map((chat) => chat.id));
        sizes.push(chats.length);
        await archive.chats.saveTurn(newTurn({ account, at: at(50) }));
        await archive.chats.saveTurn(
          newTurn({ account, chatId: seen[0]!, turn: 2 + sizes.length, at: at(51) }),
        );
        await archive.chats.deleteChat(seen.at(-1)!, at(52));
        if (next === null) break;
        cursor = next;
      }
      expect(sizes).toEqual([3, 3, 1]);
      expect(seen).toHaveLength(ids.size);
      expect(new Set(seen)).toEqual(ids);
      expect(await archive.chats.listChats({ account, cursor: 'NoSuchCursor' })).toEqual({
        chats: [],
        next: null,
      });
    });
  });
}
