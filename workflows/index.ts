/** What the workflow bundle exports: the workflows, under the names that they are started by. */
import './stack-traces.js';
export { batch } from './batch/batch.js';
export { chat } from './chat/chat.js';
export { post } from './post/post.js';
export { rebuild } from './rebuild.js';
export { reconcile } from './reconcile.js';
export { schedule } from './schedule.js';
export { unpublish } from './unpublish.js';
export { webhook } from './webhook.js';
