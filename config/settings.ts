import { SettingError } from '../contract/errors.js';
import type { MediaSettings, TextSettings } from '../contract/providers.js';
import {
  type Networks,
  networksSetting,
  numberSetting,
  switchSetting,
  urlSetting,
} from './setting-values.js';
import { textSettings } from './text-settings.js';
import { tokenSetting } from './token-setting.js';

/**
 * Every environment variable that Copydesk reads, with its default and meaning. `npm run docs` writes
 * docs/configuration.md and .env.example from this list, and a test holds the compose file against it. The TEMPORAL_* variables are read by `@temporalio/envconfig`.
 */
export interface Variable {
  readonly name: string;
  readonly fallback: string | null;
  readonly meaning: string;
}

export const VARIABLES: readonly Variable[] = [
  {
    name: 'COPYDESK_ENV_FILE',
    fallback: '.env',
    meaning: 'file of settings, from the current folder; `none` for no file',
  },
  {
    name: 'COPYDESK_DATA',
    fallback: 'var',
    meaning: 'folder of the embedded archive, assets, Temporal database and token',
  },
  { name: 'COPYDESK_ACCOUNTS', fallback: 'accounts', meaning: 'folder of the account files' },
  { name: 'COPYDESK_HOST', fallback: '127.0.0.1', meaning: 'address the desk listens on' },
  { name: 'COPYDESK_PORT', fallback: '8300', meaning: 'port the desk listens on' },
  {
    name: 'COPYDESK_URL',
    fallback: 'http://127.0.0.1:<COPYDESK_PORT>',
    meaning: 'address at which people reach the desk; links and feeds carry it',
  },
  {
    name: 'COPYDESK_API',
    fallback:
      '`http://127.0.0.1:<COPYDESK_PORT>`, or `COPYDESK_HOST` where the desk listens on one address only',
    meaning: 'address at which the command reaches the desk',
  },
  {
    name: 'COPYDESK_TOKEN',
    fallback: 'one made at first start, in the data folder',
    meaning: "the desk's token: 20 or more letters, digits and signs",
  },
  {
    name: 'COPYDESK_PEOPLE',
    fallback: null,
    meaning:
      'file of people with tokens of their own, and whether they decide or read: [api.md](api.md#people); without it the one token decides',
  },
  {
    name: 'COPYDESK_TRUSTED_PROXIES',
    fallback: null,
    meaning:
      'addresses or networks of the proxies before the desk, such as `10.0.0.5, 10.1.0.0/16`: who asks is told from their `X-Forwarded-For`; without it all who come by a proxy count as one',
  },
  {
    name: 'COPYDESK_MAX_REQUESTS',
    fallback: '512',
    meaning:
      'how many requests of strangers the desk answers at a time; 64 of one address, 16 of one connection. Beyond that they get 503',
  },
  {
    name: 'COPYDESK_TEMPORAL_PORT',
    fallback: '7233',
    meaning: 'port of the embedded Temporal server; its UI is on that plus 1000',
  },
  {
    name: 'COPYDESK_ADOPT_SECONDS',
    fallback: '180 for a picture, 600 for a clip',
    meaning: 'how long a submit with an unknown outcome is looked for before a person is asked',
  },
  {
    name: 'COPYDESK_GRACE',
    fallback: '60 for `npm start`, 300 for a worker by itself',
    meaning: 'how many seconds a stop waits for paid calls that are under way; 0 cuts them',
  },
  {
    name: 'COPYDESK_ALLOW_PRIVATE',
    fallback: '0',
    meaning:
      '`1` lets files, news feeds and webhooks be at private addresses, and files and webhooks at http; without it they must be public, and https. The host and port of `FAL_BASE_URL` always may',
  },
  {
    name: 'COPYDESK_LOG',
    fallback: '`warn`, or `info` for a worker by itself',
    meaning: 'from what level on the worker logs to stderr: `error`, `warn`, `info` or `debug`',
  },
  {
    name: 'COPYDESK_METRICS',
    fallback: null,
    meaning: 'address such as `127.0.0.1:9464` at which the worker serves `/metrics` for Prometheus',
  },
  {
    name: 'DATABASE_URL',
    fallback: null,
    meaning: 'PostgreSQL 15 or newer for the archive, in place of the embedded one',
  },
  {
    name: 'COPYDESK_DATABASE_CONNECTIONS',
    fallback: '24',
    meaning:
      'how many connections to `DATABASE_URL` a process has at most; `npm start` has a third more, which the desk keeps for itself',
  },
  {
    name: 'COPYDESK_DATABASE_TIMEOUT',
    fallback: '30',
    meaning:
      'after how many seconds that PostgreSQL cuts a statement, and gives free what a machine that is gone has locked; 0 leaves both to its own settings',
  },
  {
    name: 'TEMPORAL_ADDRESS',
    fallback: null,
    meaning: 'a Temporal server of your own, in place of the embedded one',
  },
  {
    name: 'COPYDESK_TEMPORAL_UI',
    fallback: null,
    meaning:
      'address of the UI of a Temporal server of your own; the desk serves it on `COPYDESK_TEMPORAL_PORT` plus 1000, to pages of its own only',
  },
  {
    name: 'COPYDESK_TEMPORAL_UI_HOST',
    fallback: '127.0.0.1',
    meaning: 'address the Temporal UI is served on; it asks nobody for a token',
  },
  { name: 'TEMPORAL_NAMESPACE', fallback: 'default', meaning: 'namespace on that server' },
  { name: 'TEMPORAL_API_KEY', fallback: null, meaning: 'API key, for Temporal Cloud' },
  {
    name: 'OPENAI_API_KEY',
    fallback: null,
    meaning: 'real text; without it and `OPENAI_BASE_URL` the stand-in writes',
  },
  { name: 'OPENAI_BASE_URL', fallback: 'https://api.openai.com/v1', meaning: 'any compatible server' },
  {
    name: 'OPENAI_API',
    fallback: '`responses`, or `chat` with an `OPENAI_BASE_URL` other than api.openai.com',
    meaning: '`responses` or `chat`',
  },
  {
    name: 'OPENAI_OUTPUT',
    fallback: 'the best that the server takes',
    meaning: 'how the model is held to JSON: `json_schema`, `json_object` or `text`',
  },
  {
    name: 'OPENAI_PRICE',
    fallback: '0 for a server on a private address, else the price table',
    meaning:
      'what tokens cost: USD per million of input and output, such as `0.15/0.60`, or `table` to go by the model name',
  },
  {
    name: 'COPYDESK_TEXT_TIMEOUT',
    fallback: '300',
    meaning: 'how many seconds one answer of a text model is waited for, at most 1800',
  },
  {
    name: 'COPYDESK_TEXT_PER_MINUTE',
    fallback: null,
    meaning:
      "how many plans and drafts all workers together ask for in a minute, to stay below a provider's limit; the same for each worker. Answers to readers don't wait for it",
  },
  {
    name: 'FAL_KEY',
    fallback: null,
    meaning: 'real pictures and clips; without it and `FAL_BASE_URL` the stand-in draws',
  },
  {
    name: 'FAL_ADMIN_KEY',
    fallback: 'FAL_KEY',
    meaning: "an admin key of the same account, with which `costs reconcile` reads fal's bills",
  },
  {
    name: 'FAL_BASE_URL',
    fallback: null,
    meaning: 'a server or proxy that plays every fal host, as `$FAL_BASE_URL/<host>/…`',
  },
];

export type Environment = Readonly<Record<string, string | undefined>>;

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface Settings {
  /** As given, relative to the working folder unless absolute. */
  readonly data: string;
  readonly accounts: string;
  readonly host: string;
  readonly port: number;
  /** Where people reach the desk, without a slash at the end; links and feeds carry it. */
  readonly url: string;
  /** Where the command reaches the desk, without a slash at the end. */
  readonly api: string;
  readonly token: string | null;
  /** File of the people who have tokens of their own, as given; null for none. */
  readonly people: string | null;
  /** The proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: Networks;
  /** Requests of strangers that are answered at a time. */
  readonly maxRequests: number;
  readonly temporalPort: number;
  /** Where the UI of a server of the user's own is, without a slash at the end; null where it is not known. */
  readonly temporalUi: string | null;
  /** Where a Temporal UI is served. */
  readonly temporalUiHost: string;
  readonly adoptSeconds: number | null;
  /** Seconds that a stop waits for what is paid; null: each program's own default. */
  readonly grace: number | null;
  /** Files and webhooks may be at http and private addresses. */
  readonly allowPrivate: boolean;
  /** Null: each program's own default. */
  readonly log: LogLevel | null;
  /** `host:port` of the metrics; null for none. */
  readonly metrics: string | null;
  readonly databaseUrl: string | null;
  /** What a process may ask of that database. */
  readonly databaseLimits: { readonly connections: number; readonly seconds: number };
  /** Null: the embedded server on `temporalPort`. */
  readonly temporalAddress: string | null;
  /** Plans and drafts that all workers together ask for; null for as many as there are. */
  readonly textPerMinute: number | null;
  /** Null: the stand-in writes. */
  readonly text: TextSettings | null;
  /** Null: the stand-in draws. */
  readonly media: MediaSettings | null;
}

const LOOPBACK = '127.0.0.1';

/** The host of an address at which something that listens on `host` is reached from the same machine. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return LOOPBACK;
  return host.includes(':') ? `[${host}]` : host;
}

/** Reads the settings from an environment. An empty variable counts as unset. @throws SettingError */
export function readSettings(env: Environment): Settings {
  const get = (name: string): string | null => env[name]?.trim() || null;
  const port = numberSetting('COPYDESK_PORT', get('COPYDESK_PORT') ?? '8300', 1, 65_535);
  const temporalPort = numberSetting(
    'COPYDESK_TEMPORAL_PORT',
    get('COPYDESK_TEMPORAL_PORT') ?? '7233',
    1,
    64_535,
  );
  if (port === temporalPort || port === temporalPort + 1_000) {
    const taken = `${temporalPort} and ${temporalPort + 1_000}`;
    throw new SettingError(
      'COPYDESK_PORT',
      String(port),
      `free: the Temporal server and its UI take ${taken}`,
    );
  }
  const number = (name: string, fallback: string, least: number, most: number): number =>
    numberSetting(name, get(name) ?? fallback, least, most);
  const host = get('COPYDESK_HOST') ?? LOOPBACK;
  const adopt = get('COPYDESK_ADOPT_SECONDS');
  const grace = get('COPYDESK_GRACE');
  const perMinute = get('COPYDESK_TEXT_PER_MINUTE');
  return {
    data: get('COPYDESK_DATA') ?? 'var',
    accounts: get('COPYDESK_ACCOUNTS') ?? 'accounts',
    host,
    port,
    url: urlSetting('COPYDESK_URL', get('COPYDESK_URL')) ?? `http://${LOOPBACK}:${port}`,
    api: urlSetting('COPYDESK_API', get('COPYDESK_API')) ?? `http://${reachable(host)}:${port}`,
    token: tokenSetting('COPYDESK_TOKEN', get('COPYDESK_TOKEN')),
    people: get('COPYDESK_PEOPLE'),
    trustedProxies: networksSetting('COPYDESK_TRUSTED_PROXIES', get('COPYDESK_TRUSTED_PROXIES')),
    maxRequests: number('COPYDESK_MAX_REQUESTS', '512', 1, 65_536),
    temporalPort,
    temporalUi: urlSetting('COPYDESK_TEMPORAL_UI', get('COPYDESK_TEMPORAL_UI')),
    temporalUiHost: get('COPYDESK_TEMPORAL_UI_HOST') ?? LOOPBACK,
    adoptSeconds: adopt === null ? null : numberSetting('COPYDESK_ADOPT_SECONDS', adopt, 0, 86_400),
    grace: grace === null ? null : numberSetting('COPYDESK_GRACE', grace, 0, 3_600),
    allowPrivate: switchSetting('COPYDESK_ALLOW_PRIVATE', get('COPYDESK_ALLOW_PRIVATE')),
    log: logSetting(get('COPYDESK_LOG')),
    metrics: addressSetting('COPYDESK_METRICS', get('COPYDESK_METRICS')),
    databaseUrl: get('DATABASE_URL'),
    databaseLimits: {
      connections: number('COPYDESK_DATABASE_CONNECTIONS', '24', 2, 1_000),
      seconds: number('COPYDESK_DATABASE_TIMEOUT', '30', 0, 3_600),
    },
    temporalAddress: get('TEMPORAL_ADDRESS'),
    textPerMinute:
      perMinute === null ? null : numberSetting('COPYDESK_TEXT_PER_MINUTE', perMinute, 1, 100_000),
    text: textSettings(get),
    media: mediaSettings(get),
  };
}

function mediaSettings(get: (name: string) => string | null): MediaSettings | null {
  const key = get('FAL_KEY');
  const baseUrl = urlSetting('FAL_BASE_URL', get('FAL_BASE_URL'));
  const adminKey = get('FAL_ADMIN_KEY');
  return key || baseUrl ? { key: key ?? 'none', ...(adminKey && { adminKey }), baseUrl } : null;
}

function logSetting(value: string | null): LogLevel | null {
  if (value === null) return null;
  const level = LOG_LEVELS.find((known) => known === value);
  if (!level) throw new SettingError('COPYDESK_LOG', value, `one of ${LOG_LEVELS.join(', ')}`);
  return level;
}

/** An IP address and a port: names are not looked up where the metrics are served. */
function addressSetting(name: string, value: string | null): string | null {
  if (value === null) return null;
  const [, port = ''] = /^(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:]+\]):(\d+)$/i.exec(value) ?? [];
  const isPort = Number(port) >= 1 && Number(port) <= 65_535;
  if (!isPort) throw new SettingError(name, value, 'an IP address and a port such as 127.0.0.1:9464');
  return value;
}
