import { batchEndpoints } from './batches.js';
import { chatEndpoints } from './chats.js';
import type { Endpoint } from './endpoint.js';
import { otherEndpoints } from './others.js';
import { postEndpoints } from './posts.js';
import { questionEndpoints } from './questions.js';

/** The HTTP API, in the order in which its document has it. `/api/archive` is the command's own, and is no part of it. */
export const ENDPOINTS: readonly Endpoint[] = [
  ...Object.values(postEndpoints),
  ...Object.values(batchEndpoints),
  ...Object.values(chatEndpoints),
  ...Object.values(questionEndpoints),
  ...Object.values(otherEndpoints),
];
