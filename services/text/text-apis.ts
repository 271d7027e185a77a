import type { TextApiName } from '../../contract/providers.js';
import { chatCompletions } from './chat-completions.js';
import { responses } from './responses.js';
import type { TextApi } from './text-api.js';

/** Every API that `OPENAI_API` may name. */
export const TEXT_APIS: Readonly<Record<TextApiName, TextApi>> = { responses, chat: chatCompletions };
