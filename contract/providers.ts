import type { TextRate } from './money/prices/text-rate.js';

/** How a model is held to JSON, from the surest way to the one that every server takes. */
export const OUTPUT_MODES = ['json_schema', 'json_object', 'text'] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];

/** How a text server is asked: by OpenAI's Responses API, or by the Chat Completions that most others speak. */
export const TEXT_API_NAMES = ['responses', 'chat'] as const;
export type TextApiName = (typeof TEXT_API_NAMES)[number];

export interface TextSettings {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly api: TextApiName;
  /** Null: the best that the server takes. */
  readonly output: OutputMode | null;
  /** How long one answer is waited for. */
  readonly timeoutSeconds: number;
  /** What the server's tokens cost; null to go by the model's name in the price table. */
  readonly rate: TextRate | null;
}

/** How long one answer is waited for unless COPYDESK_TEXT_TIMEOUT says otherwise; a reasoning model may think for minutes. */
export const TEXT_TIMEOUT_SECONDS = 300;

/** Whether an address is OpenAI's own, its regions (`eu.api.openai.com`) included. */
export const isOpenAi = (baseUrl: string): boolean =>
  /^(?:[a-z]+\.)?api\.openai\.com$/.test(new URL(baseUrl).hostname);

/** How fal is reached. */
export interface MediaSettings {
  readonly key: string;
  /** Sees the provider's bills; null, as when left out, for `key`. */
  readonly adminKey?: string | null;
  /** Null for fal itself. */
  readonly baseUrl: string | null;
}
