/** What the workflow bundle exports: the workflows, under the names that they are started by. */
export { batch } from './batch/batch.js';
export { chat } from './chat/chat.js';
export { edit } from './edit.js';
export { post } from './post/post.js';
export { rebuild } from './rebuild.js';
export { reconcile } from './reconcile.js';
export { schedule } from './schedule.js';
export { unpublish } from './unpublish.js';
export { webhook } from './webhook.js';

/**
 * The SDK takes a stack trace of each promise of a workflow, for Temporal's stack trace query, and looks each of its lines up in
 * the source map: with the usual ten lines that is a third of what workflows cost. Three still say where something was thrown.
 * A bundle that is not loaded in advance meets an Error that can't be changed any more.
 */
if (!Object.isFrozen(Error)) Error.stackTraceLimit = 3;
