import { expect, it } from 'vitest';
import { createCell, partOf } from './cell.js';

it('a part is read and changed as it is now, and the rest of the whole stays', () => {
  const whole = createCell({ words: 1, work: 1 });
  const words = partOf(whole, 'words');
  words.change((value) => value + 1);
  whole.change((value) => ({ ...value, work: 5 }));
  words.change((value) => value * 10);
  expect(whole.value).toEqual({ words: 20, work: 5 });
  expect(words.value).toBe(20);
});
