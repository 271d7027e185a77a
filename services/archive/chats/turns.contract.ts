import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import { charge, batchRecord, recordedEdition, postRecord } from '../sample-records.js';
import type { Archive } from '../archive.js';
import { useArchive } from '../testing/use-archive.js';
import { newTurn } from './testing/turns.js';

const id = (): string => newId(randomInt);
const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every archive promises of the turns of a conversation, and of its end. `open` gives one on an empty database. */
export function turnsContract(name: string, open: () => Promise<Archive>): void {
  describe(`turns on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    /** A post in the feed, and the citation of it. */
    async function published(minute = 0) {
      const batch = batchRecord(id(), id());
      const post = postRecord(id(), batch, { status: 'published' });
      const postId = post.status.id;
      const url = `https://desk.example/${postId}`;
      await archive.records.saveBatch(batch);
      await archive.records.savePost(post);
      await archive.records.savePublication(recordedEdition(post), { target: 'feed', url, at: at(minute) });
      return { postId, title: post.status.title, url };
    }
    const citing = async (postId: string) =>
      (await archive.records.listCitingTurns(postId)).map(({ chatId, turn }) => [chatId, turn]);

    test('a turn is read as it was said, and is on the page of each post that it cites', async () => {
      const [older, newer] = [await published(1), await published(2)];
      const first = newTurn({ question: 'Größe 文字 👩‍🚀 \'quoted\' "twice"', offline: true });
      const { chatId, question } = first;
      const second = newTurn({ chatId, turn: 2, at: at(1), citedIds: [older.postId, newer.postId] });
      expect(await archive.chats.saveTurn(first)).toBe(true);
      expect(await archive.chats.saveTurn(second)).toBe(true);
      const { turn, visitor, answer, outcome, offline } = first;
      const said = { turn, visitor, question, answer, outcome, offline, at: first.at };
      expect(await archive.chats.listTurns(chatId)).toEqual([
        { ...said, citations: [] },
        { ...said, turn: 2, question: second.question, offline: false, at: at(1), citations: [newer, older] },
      ]);
      expect(await archive.records.listCitingTurns(older.postId)).toEqual([
        { chatId, turn: 2, question: second.question, at: at(1) },
      ]);
      expect((await archive.chats.findChat(chatId))?.question).toBe(question);
    });

    test('the posts that a turn offers stand in their order as long as they are public, and cite nothing', async () => {
      const [far, near, gone] = [await published(2), await published(1), await published(3)];
      const turn = newTurn({
        outcome: 'declined',
        offeredIds: [near, gone, far].map(({ postId }) => postId),
      });
      await archive.chats.saveTurn(turn);
      await archive.records.unpublishPost({ postId: gone.postId, by: 'ada', reason: null, at: at(4) });
      expect(await archive.chats.listTurns(turn.chatId)).toMatchObject([
        { citations: [], offered: [near, far] },
      ]);
      expect(await citing(near.postId)).toEqual([]);
    });

    test('what a model or a reader writes that no database takes is stored without it', async () => {
      const turn = newTurn({ question: 'a\u0000b', answer: 'half \ud83d of a pair' });
      await archive.chats.saveTurn(turn);
      expect(await archive.chats.listTurns(turn.chatId)).toMatchObject([
        { question: 'ab', answer: 'half \ufffd of a pair' },
      ]);
    });

    test('what was written first stands, with its citations, whoever comes again and however many', async () => {
      const [cited, other] = [await published(), await published()];
      const turn = newTurn({ citedIds: [cited.postId, cited.postId] });
      const again = { ...turn, answer: 'Another one.', citedIds: [other.postId], at: at(9) };
      await archive.chats.saveTurn(turn);
      const answers = await Promise.all([turn, again, again, turn].map(archive.chats.saveTurn));
      expect(answers).toEqual([true, true, true, true]);
      expect(await archive.chats.listTurns(turn.chatId)).toMatchObject([
        { answer: turn.answer, at: turn.at, citations: [cited] },
      ]);
      expect(await citing(other.postId)).toEqual([]);
    });

    test('a citation goes with its post, and its turn stays', async () => {
      const [gone, removed, stays] = [await published(3), await published(2), await published(1)];
      const turn = newTurn({
        citedIds: [gone, removed, stays, { postId: id() }].map(({ postId }) => postId),
      });
      await archive.chats.saveTurn(turn);
      const unpublication = { by: 'ada', reason: null, at: at(5) };
      await archive.records.unpublishPost({ ...unpublication, postId: gone.postId });
      await archive.records.saveRemoval(removed.postId, { target: 'feed', removedAt: at(5), reason: null });
      expect(await archive.chats.listTurns(turn.chatId)).toMatchObject([{ citations: [stays] }]);
    });

    test('the last turns come in the order in which they were said', async () => {
      const chatId = id();
      for (const turn of [1, 2, 3, 11]) await archive.chats.saveTurn(newTurn({ chatId, turn }));
      const last = async (limit: number) =>
        (await archive.chats.listLastTurns(chatId, limit)).map(({ turn }) => turn);
      expect(await last(2)).toEqual([3, 11]);
      expect(await last(9)).toEqual([1, 2, 3, 11]);
      expect(await archive.chats.listLastTurns(id(), 5)).toEqual([]);
      const all = await archive.chats.listTurns(chatId);
      expect(await archive.chats.listLastTurns(chatId, 1)).toEqual(all.slice(-1));
      expect(await archive.chats.findTurn(chatId, 11)).toEqual(all[3]);
      for (const none of [4, 0, -1, 1.5, Number.NaN, 2 ** 31, Number.POSITIVE_INFINITY])
        expect(await archive.chats.findTurn(chatId, none), String(none)).toBeNull();
    });

    test('a conversation that is deleted is unknown from then on; what it cost stays', async () => {
      const { postId } = await published();
      const account = id();
      const turn = newTurn({ account, citedIds: [postId], outcome: 'declined' });
      const { chatId } = turn;
      const payer = { account, planner: null, batchId: null, postId: null, chatId };
      await archive.ledger.settle({ payer, charges: [charge('chat', { amount: 2_000_000_000 })] });
      for (const number of [1, 2]) await archive.chats.saveTurn({ ...turn, turn: number });
      const other = newTurn({ account, citedIds: [postId] });
      await archive.chats.saveTurn(other);
      expect(await archive.chats.deleteChat(chatId, at(9))).toBe(true);
      expect(await archive.chats.deleteChat(chatId, at(9))).toBe(false);
      expect(await archive.chats.findChat(chatId)).toBeNull();
      expect(await archive.chats.listTurns(chatId)).toEqual([]);
      expect(await archive.chats.listLastTurns(chatId, 5)).toEqual([]);
      expect(await archive.chats.listOpenQuestions(account, 5)).toEqual([]);
      expect((await archive.chats.listChats({ account })).chats.map((chat) => chat.id)).toEqual([
        other.chatId,
      ]);
      expect(await citing(postId)).toEqual([[other.chatId, 1]]);
      const costs = await archive.ledger.sumCosts({ by: 'account' });
      expect(costs.rows.find(({ key }) => key === account)?.costUsd).toBe(2);
    });

    test('nothing is kept of a conversation that was deleted, also of a turn that comes at the same time', async () => {
      const { postId } = await published();
      const { chatId } = newTurn();
      await archive.chats.saveTurn(newTurn({ chatId }));
      const late = (turn: number) => archive.chats.saveTurn(newTurn({ chatId, turn, citedIds: [postId] }));
      await Promise.all([late(2), archive.chats.deleteChat(chatId, at(9)), late(3)]);
      expect(await late(4)).toBe(false);
      expect(await archive.chats.listTurns(chatId)).toEqual([]);
      expect(await citing(postId)).toEqual([]);
    });

    test('of a conversation that is unknown there is nothing, and nothing to delete', async () => {
      const unknown = id();
      expect(await archive.chats.findChat(unknown)).toBeNull();
      expect(await archive.chats.listTurns(unknown)).toEqual([]);
      expect(await archive.chats.deleteChat(unknown, at(9))).toBe(false);
      expect(await archive.chats.saveTurn(newTurn({ chatId: unknown }))).toBe(true);
    });
  });
}
