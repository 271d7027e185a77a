/** What the thread that draws offers, by name. */
export { drawCard as card } from './picture.js';
export { filmZoom as film } from './clip.js';
export { sizeOf } from './plain.js';
