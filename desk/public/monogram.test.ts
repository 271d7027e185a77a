import { expect, it } from 'vitest';
import { initialOf } from './monogram.js';

it.each([
  ['Harbor Notes', 'H'],
  ['élan', 'É'],
  ['"><img src=x>', 'I'],
  ['7 bells', '7'],
  ['文字', '文'],
  ['👩‍🚀!', '@'],
  ['', '@'],
])('of %j is %s', (name, initial) => expect(initialOf(name)).toBe(initial));
