import { expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { Blocked } from '../blocked.js';
import { declinedTurn, declinesFor } from './decline.js';

const blocked = (type: string): Blocked => new Blocked({ type, message: 'words', requestId: null });
const charges = [charge('chat', { basis: 'unknown', offline: true })];

it.each([
  ['two answers of no use', blocked('Output.NotUsable'), charges, true],
  ['a budget that ended after the first', blocked('Budget.Exceeded'), charges, true],
  ['a budget that held none', blocked('Budget.Exceeded'), [], false],
  ['a key that is wrong', blocked('Provider.Authentication'), [], false],
  ['a bug', new TypeError('no'), charges, false],
])('%s', (_name, error, paid, declines) => expect(declinesFor(error, { charges: paid })).toBe(declines));

it.each([
  [undefined, "I haven't written about that."],
  ['de-AT', 'Darüber habe ich nichts geschrieben.'],
])('says in the language %s that there is no answer, and cites nothing', (language, answer) => {
  const say = { question: 'Why rye?', visitor: 'a', language, models: { chat: 'm', embedding: null } };
  expect(declinedTurn({ say, turn: 3, at: '2026-11-24T09:00:00Z' }, { charges })).toEqual({
    ...{ turn: 3, at: '2026-11-24T09:00:00Z', visitor: 'a', question: 'Why rye?' },
    ...{ answer, outcome: 'declined', citations: [], offline: true },
  });
});
