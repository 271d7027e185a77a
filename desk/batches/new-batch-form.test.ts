import { describe, expect, it } from 'vitest';
import { sampleAccount } from '../testing/samples.js';
import { emptyForm, orderOf, readForm } from './new-batch-form.js';

const account = sampleAccount();
const typed = (changes: Record<string, string> = {}) =>
  readForm({
    id: 'BatchBatch01',
    account: 'harbor',
    planner: 'ships_and_ports',
    count_hero_text: '4',
    ...changes,
  });
const problemsOf = (changes: Record<string, string>) => {
  const asked = orderOf(typed(changes), account);
  return 'problems' in asked ? asked.problems : {};
};

describe('orderOf', () => {
  it('makes an order of a form', () => {
    expect(
      orderOf(
        typed({ count_video: '1', budget: ' $2.50 ', brief: 'Fog\r\nand bells ', repeat: 'New readers' }),
        account,
      ),
    ).toEqual({
      order: {
        ...{
          id: 'BatchBatch01',
          account,
          planner: 'ships_and_ports',
          brief: 'Fog\nand bells',
          repeat: 'New readers',
          budgetUsd: 2.5,
        },
        mix: { video: 1, hero_text: 4 },
      },
    });
  });
  it("takes the account's own budget, no brief, no repeat and only the formats that have a number", () => {
    expect(orderOf(typed({ count_video: '0' }), account)).toMatchObject({
      order: { budgetUsd: 2, brief: null, repeat: null, mix: { hero_text: 4 } },
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
    const problems = problemsOf(changes);
    expect(Object.keys(problems)).toEqual([field]);
    expect(problems[field]).toMatch(words);
  });
});

it('draws an id for a form, and for one that came without a usable one', () => {
  expect(emptyForm('harbor', 'ships_and_ports').id).toMatch(/^[A-Za-z0-9]{12}$/);
  expect(readForm({ id: '../../etc' }).id).toMatch(/^[A-Za-z0-9]{12}$/);
});
