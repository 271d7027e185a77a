/** What the thread that draws offers, by name. */
export { drawPicture as picture } from './picture.js';
export { film } from './clip.js';
export { sizeOf } from './picture.js';
