import { isOwnServer, OWN_SERVER, parseTextRate, type TextRate } from './prices/text-rate.js';
import { numberSetting, SettingError, urlSetting } from './setting-values.js';

/** How a model is held to JSON, from the surest way to the one that every server takes. */
export const OUTPUT_MODES = ['json_schema', 'json_object', 'text'] as const;
export type OutputMode = (typeof OUTPUT_MODES)[number];

export interface TextSettings {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly api: 'responses' | 'chat';
  /** Null: the best that the server takes. */
  readonly output: OutputMode | null;
  /** How long one answer is waited for. */
  readonly timeoutSeconds: number;
  /** What the server's tokens cost; null to go by the model's name in the price table. */
  readonly rate: TextRate | null;
}

/** How long one answer is waited for unless COPYDESK_TEXT_TIMEOUT says otherwise; a reasoning model may think for minutes. */
export const TEXT_TIMEOUT_SECONDS = 300;
/** Half an hour, for a model that runs on a processor. */
const LONGEST_TIMEOUT_SECONDS = 1_800;

const OPENAI = 'https://api.openai.com/v1';

/** Whether an address is OpenAI's own, its regions (`eu.api.openai.com`) included. */
export const isOpenAi = (baseUrl: string): boolean =>
  /^(?:[a-z]+\.)?api\.openai\.com$/.test(new URL(baseUrl).hostname);

/** Null: the stand-in writes. @throws SettingError */
export function textSettings(get: (name: string) => string | null): TextSettings | null {
  const apiKey = get('OPENAI_API_KEY');
  const given = urlSetting('OPENAI_BASE_URL', get('OPENAI_BASE_URL'));
  const baseUrl = given ?? OPENAI;
  const settings: TextSettings = {
    apiKey: apiKey ?? 'none',
    baseUrl,
    api:
      oneOf('OPENAI_API', get('OPENAI_API'), ['responses', 'chat']) ??
      (isOpenAi(baseUrl) ? 'responses' : 'chat'),
    output: oneOf('OPENAI_OUTPUT', get('OPENAI_OUTPUT'), OUTPUT_MODES),
    timeoutSeconds: numberSetting(
      'COPYDESK_TEXT_TIMEOUT',
      get('COPYDESK_TEXT_TIMEOUT') ?? String(TEXT_TIMEOUT_SECONDS),
      1,
      LONGEST_TIMEOUT_SECONDS,
    ),
    rate: rateSetting(get('OPENAI_PRICE'), baseUrl),
  };
  return apiKey || given ? settings : null;
}

/** `table` is for a proxy on one's own network that passes calls on to whom they are paid. */
function rateSetting(value: string | null, baseUrl: string): TextRate | null {
  if (value === null) return isOwnServer(baseUrl) ? OWN_SERVER : null;
  if (value === 'table') return null;
  const rate = parseTextRate(value);
  if (!rate)
    throw new SettingError(
      'OPENAI_PRICE',
      value,
      "USD per million input and output tokens, such as 0.15/0.60, or 'table'",
    );
  return rate;
}

function oneOf<T extends string>(name: string, value: string | null, allowed: readonly T[]): T | null {
  if (value === null) return null;
  const known = allowed.find((one) => one === value);
  if (known === undefined) {
    const words = allowed.map((one) => `'${one}'`);
    throw new SettingError(name, value, `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
  }
  return known;
}
