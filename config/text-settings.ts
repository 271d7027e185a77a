import { SettingError } from '../contract/errors.js';
import { isOwnServer, OWN_SERVER, parseTextRate, type TextRate } from '../contract/money/prices/text-rate.js';
import {
  isOpenAi,
  OUTPUT_MODES,
  TEXT_API_NAMES,
  TEXT_TIMEOUT_SECONDS,
  type TextSettings,
} from '../contract/providers.js';
import { numberSetting, urlSetting } from './setting-values.js';

/** Half an hour, for a model that runs on a processor. */
const LONGEST_TIMEOUT_SECONDS = 1_800;

const OPENAI = 'https://api.openai.com/v1';

/** Null: the stand-in writes. @throws SettingError */
export function textSettings(get: (name: string) => string | null): TextSettings | null {
  const apiKey = get('OPENAI_API_KEY');
  const given = urlSetting('OPENAI_BASE_URL', get('OPENAI_BASE_URL'));
  const baseUrl = given ?? OPENAI;
  const settings: TextSettings = {
    apiKey: apiKey ?? 'none',
    baseUrl,
    api: oneOf('OPENAI_API', get('OPENAI_API'), TEXT_API_NAMES) ?? (isOpenAi(baseUrl) ? 'responses' : 'chat'),
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
