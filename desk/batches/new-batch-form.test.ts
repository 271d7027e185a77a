import { expect, it } from 'vitest';
import { sampleAccount } from '../testing/samples.js';
import { emptyForm, orderOf, readNewBatchForm } from './new-batch-form.js';

const account = sampleAccount();
const FORM = { id: 'BatchBatch01', account: 'harbor', planner: 'ships_and_ports', count_hero_text: '4' };
const orderFrom = (changes: Record<string, string>) =>
  orderOf(readNewBatchForm({ ...FORM, ...changes }), account);

it("makes an order of a form; the account's own budget and nothing else where nothing else is typed", () => {
  const words = { budget: ' $2.50 ', brief: 'Fog\r\nand bells ', repeat: 'New readers' };
  const { id, planner } = FORM;
  const read = { brief: 'Fog\nand bells', repeat: 'New readers', budgetUsd: 2.5 };
  expect(orderFrom({ count_video: '1', ...words })).toEqual({
    order: { id, account, planner, mix: { video: 1, hero_text: 4 }, ...read },
  });
  expect(orderFrom({ count_video: '0' })).toEqual({
    order: { id, account, planner, mix: { hero_text: 4 }, brief: null, repeat: null, budgetUsd: 2 },
  });
});

it.each([
  [{ count_hero_text: '' }, 'mix', /at least one format/],
  [{ count_hero_text: '-1' }, 'mix', /'-1' is not a whole number/],
  [{ count_hero_text: '1.5' }, 'mix', /whole number/],
  [{ count_hero_text: '2000', count_video: '1' }, 'mix', /at most 2,000/],
  [{ planner: 'constructor' }, 'planner', /planner of @harbor/],
  [{ budget: '2,50' }, 'budget', /US dollars/],
  [{ budget: '1000001' }, 'budget', /US dollars/],
  [{ brief: 'x'.repeat(4_001) }, 'brief', /4001 characters/],
  [{ repeat: 'x'.repeat(501) }, 'repeat', /501 characters/],
] as const)('says what is wrong with %j', (changes, field, words) => {
  expect(orderFrom(changes)).toEqual({ problems: { [field]: expect.stringMatching(words) } });
});

it('draws an id for a form, and for one that came without a usable one', () => {
  expect(emptyForm('harbor', 'ships_and_ports').id).toMatch(/^[A-Za-z0-9]{12}$/);
  expect(readNewBatchForm({ id: '../../etc' }).id).toMatch(/^[A-Za-z0-9]{12}$/);
});
