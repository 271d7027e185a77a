import { expect, it } from 'vitest';
import { pictureWidths } from './picture.js';

it('names the widths that are smaller than the picture, and the picture', () => {
  expect(pictureWidths('a.png', { width: 800, height: 400 })).toBe(
    '/assets/a.png?w=240 240w, /assets/a.png?w=480 480w, /assets/a.png 800w',
  );
});

it.each([null, { width: 240, height: 100 }])('names none of a picture of %j', (size) => {
  expect(pictureWidths('a.png', size)).toBeNull();
});
