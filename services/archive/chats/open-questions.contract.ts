import { randomInt } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../contract/ids.js';
import type { TurnOutcome } from '../../../contract/chat.js';
import type { Archive } from '../archive.js';
import { useArchive } from '../testing/use-archive.js';
import { newTurn } from './testing/turns.js';

const id = (): string => newId(randomInt);
const at = (minute: number): string => `2026-11-24T10:${String(minute).padStart(2, '0')}:00.000Z`;

/** What every archive promises of the questions that nothing answered. `open` gives one on an empty database. */
export function openQuestionsContract(name: string, open: () => Promise<Archive>): void {
  describe(`open questions on ${name}`, () => {
    let archive: Archive;
    useArchive(open, (one) => (archive = one));

    const ask = async (account: string, asked: readonly (readonly [string, TurnOutcome])[]) => {
      for (const [index, [question, outcome]] of asked.entries())
        await archive.chats.saveTurn(newTurn({ account, question, outcome, at: at(index) }));
    };
    const opened = async (account: string, limit = 10) =>
      (await archive.chats.listOpenQuestions(account, limit)).map(({ question }) => question);

    test('are those that found nothing or were declined, the newest first', async () => {
      const account = id();
      await ask(account, [
        ['What of bread?', 'nothing_found'],
        ['What of benchmarks?', 'answered'],
        ['What of oak?', 'declined'],
        ['What of filth?', 'flagged'],
      ]);
      await ask(id(), [['What of another account?', 'nothing_found']]);
      expect(await opened(account)).toEqual(['What of oak?', 'What of bread?']);
      expect(await opened(account, 1)).toEqual(['What of oak?']);
      expect(await opened(id())).toEqual([]);
    });

    test('are listed once, as they were asked last, however they are spaced and in any case', async () => {
      const account = id();
      await ask(account, [
        ['What of bread?', 'nothing_found'],
        ['What of Öfen?', 'declined'],
        ['  WHAT\n of   bread? ', 'declined'],
        ['what of öfen?', 'nothing_found'],
      ]);
      expect(await opened(account)).toEqual(['what of öfen?', '  WHAT\n of   bread? ']);
    });

    test('are open no more once they were answered, until they find nothing again', async () => {
      const account = id();
      const question = 'What of bread?';
      const asked: (readonly [string, TurnOutcome])[] = [
        [question, 'nothing_found'],
        [question.toUpperCase(), 'answered'],
      ];
      await ask(account, asked);
      expect(await opened(account)).toEqual([]);
      await ask(account, [...asked, [question, 'flagged'], [question, 'declined']]);
      expect(await opened(account)).toEqual([question]);
    });

    test('tell of which turn they are', async () => {
      const turn = newTurn({ account: id(), turn: 7, outcome: 'declined' });
      await archive.chats.saveTurn(turn);
      const { chatId, question } = turn;
      expect(await archive.chats.listOpenQuestions(turn.account, 10)).toEqual([
        { chatId, turn: 7, question, at: turn.at },
      ]);
    });
  });
}
