import { type Say } from '../../contract/chat.js';
import { TEXT_LIMITS } from '../../contract/limits.js';

const NAME_LIMIT = 200;

/** Why something that came as a question can't be answered; null when it can. It may come from the Temporal UI, too. */
export function sayProblem(raw: unknown): string | null {
  const { question, visitor, models } = (raw ?? {}) as { [K in keyof Say]?: unknown };
  if (typeof question !== 'string') return 'question must be a text';
  if (question.trim() === '') return 'question must not be empty';
  if (question.length > TEXT_LIMITS.question)
    return `question must have at most ${TEXT_LIMITS.question} characters, and has ${question.length}`;
  if (!isName(visitor)) return `visitor must be a text of 1 to ${NAME_LIMIT} characters`;
  const { chat, embedding } = (models ?? {}) as { chat?: unknown; embedding?: unknown };
  if (!isName(chat)) return 'models.chat must name a model';
  if (embedding !== null && !isName(embedding)) return 'models.embedding must name a model, or be null';
  return null;
}

const isName = (value: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '' && value.length <= NAME_LIMIT;
