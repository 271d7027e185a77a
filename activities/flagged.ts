import type { Services } from '../services/services.js';

/** Whether the provider's moderation says that a text is not to be shown. Where there is none, or it is away, nothing is. */
export async function isFlagged({ text }: Pick<Services, 'text'>, words: string): Promise<boolean> {
  // What was paid for is not lost to a check that costs nothing.
  const [moderation] = (await text.moderate([words]).catch(() => null)) ?? [];
  return moderation?.flagged ?? false;
}
