import { expect, it } from 'vitest';
import { pictureWidths } from './media.js';
import { initialOf } from './public-page.js';

const SMALLER = '/assets/a.png?w=240 240w, /assets/a.png?w=480 480w, /assets/a.png 800w';

it.each([
  [{ width: 800, height: 400 }, SMALLER],
  [{ width: 240, height: 100 }, null],
  [null, null],
])('of %j names the widths that are smaller, and the picture', (size, widths) =>
  expect(pictureWidths('a.png', size)).toBe(widths),
);

it.each([
  ['Harbor Notes', 'H'],
  ['élan', 'É'],
  ['"><img src=x>', 'I'],
  ['7 bells', '7'],
  ['文字', '文'],
  ['👩‍🚀!', '@'],
  ['', '@'],
])('an account that is called %j is drawn as %s', (name, initial) => expect(initialOf(name)).toBe(initial));
