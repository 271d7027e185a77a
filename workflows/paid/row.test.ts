import { expect, it } from 'vitest';
import { charge } from '../../services/archive/sample-records.js';
import { addCharges, correctCharges } from './row.js';

const [first, second] = [charge('draft', { key: 'a' }), charge('draft', { key: 'b' })];
const later = { ...first, amount: 1 };

it('a later word on a call replaces the first, in its place', () =>
  expect(addCharges({ charges: [first, second] }, [later])).toEqual({ charges: [later, second] }));

it('the archive’s word goes to the row that has the charge, and to none that has not', () => {
  const rows = [{ charges: [] }, { charges: [first] }, { charges: [second] }];
  expect(correctCharges(rows, [later])).toEqual([rows[0], { charges: [later] }, rows[2]]);
  expect(correctCharges(rows, [charge('draft', { key: 'of another' })])).toBe(rows);
});
