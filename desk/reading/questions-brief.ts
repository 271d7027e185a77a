import { briefWithQuestions, OPEN_QUESTIONS_MOST } from '../../contract/open-questions.js';
import type { DeskDeps } from '../deps.js';

/** A brief with what readers of an account asked in vain; null where nobody did. */
export async function briefFromQuestions(
  { archive }: Pick<DeskDeps, 'archive'>,
  account: string,
  brief: string | null,
): Promise<string | null> {
  const open = await archive.chats.listOpenQuestions(account, OPEN_QUESTIONS_MOST);
  if (open.length === 0) return null;
  return briefWithQuestions(
    brief,
    open.map(({ question }) => question),
  );
}
