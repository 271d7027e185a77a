import { z } from 'zod';
import type { ChatRules } from '../../contract/account.js';
import { usd } from './usd-schema.js';

/** The key `chat` of an account file. */
export const chatFile = z
  .strictObject({ enabled: z.boolean().default(true), dailyBudget: usd.prefault(1) })
  .optional();

/** Null for an account that answers nobody. */
export const toChatRules = (file: z.output<typeof chatFile>): ChatRules | null => file ?? null;
