/** What the workflow bundle exports: the workflows, under the names that they are started by. */
import './stack-traces.js';
export { batch } from './batch/batch.js';
export { post } from './post/post.js';
export { rebuild } from './rebuild.js';
export { reconcile } from './reconcile.js';
