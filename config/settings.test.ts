import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { OWN_SERVER } from '../contract/money/prices/text-rate.js';
import { SettingError } from '../contract/errors.js';
import { configurationPage } from './configuration-page.js';
import { readSettings, VARIABLES } from './settings.js';

const LOCAL = 'http://127.0.0.1:8300';

it('has the defaults of the design', () => {
  const settings = readSettings({});
  const set = Object.entries(settings).filter(([, value]) => value !== null);
  expect(Object.fromEntries(set)).toEqual({
    data: 'var',
    maxRequests: 512,
    databaseLimits: { connections: 24, seconds: 30 },
    trustedProxies: [],
    accounts: 'accounts',
    host: '127.0.0.1',
    port: 8300,
    url: LOCAL,
    api: LOCAL,
    temporalPort: 7233,
    temporalUiHost: '127.0.0.1',
    allowPrivate: false,
  });
});

it('a provider of text is real when its key or its base URL is set', () => {
  const usual = { output: null, timeoutSeconds: 300 };
  const openAi = { apiKey: 'k', baseUrl: 'https://api.openai.com/v1', api: 'responses', rate: null };
  expect(readSettings({ OPENAI_API_KEY: 'k' }).text).toEqual({ ...usual, ...openAi });
  const own = { apiKey: 'none', baseUrl: 'http://127.0.0.1:1/v1', api: 'chat', rate: OWN_SERVER };
  expect(readSettings({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1/' }).text).toEqual({ ...usual, ...own });
  expect(readSettings({ OPENAI_API_KEY: ' ' }).text).toBeNull();
});

it.each([
  ['a key', { FAL_KEY: 'k' }, { key: 'k', baseUrl: null }],
  ['two keys', { FAL_KEY: 'k', FAL_ADMIN_KEY: 'a' }, { key: 'k', adminKey: 'a', baseUrl: null }],
  ['an address', { FAL_BASE_URL: 'http://127.0.0.1:1' }, { key: 'none', baseUrl: 'http://127.0.0.1:1' }],
  ['an admin key alone', { FAL_ADMIN_KEY: 'a' }, null],
  ['an empty key', { FAL_KEY: '' }, null],
])('a provider of media by %s', (_what, env, media) => {
  expect(readSettings(env).media).toEqual(media);
});

it.each([
  ['api.openai.com', 'responses'],
  ['eu.api.openai.com', 'responses'],
  ['api.openai.com.example.org', 'chat'],
  ['openrouter.ai', 'chat'],
])('a provider at %s speaks the API %s', (host, api) => {
  expect(readSettings({ OPENAI_BASE_URL: `https://${host}/v1` }).text?.api).toBe(api);
});

it.each([
  ['http://192.168.1.5:11434/v1', '', OWN_SERVER],
  ['http://192.168.1.5:11434/v1', 'table', null],
  ['https://openrouter.ai/api/v1', '', null],
  ['http://localhost:8080/v1', '0.2/1', expect.objectContaining({ input: '0.2', output: '1' })],
])('a provider at %s with the price %j costs its own rate, or that of the table', (url, price, rate) => {
  expect(readSettings({ OPENAI_BASE_URL: url, OPENAI_PRICE: price }).text?.rate).toEqual(rate);
});

it.each([
  [{ COPYDESK_PORT: '8301' }, 'http://127.0.0.1:8301', 'http://127.0.0.1:8301'],
  [{ COPYDESK_URL: 'https://desk.example/' }, 'https://desk.example', LOCAL],
  [{ COPYDESK_API: 'http://desk:8300/' }, LOCAL, 'http://desk:8300'],
  [{ COPYDESK_HOST: '0.0.0.0' }, LOCAL, LOCAL],
  [{ COPYDESK_HOST: '::' }, LOCAL, LOCAL],
  [{ COPYDESK_HOST: '10.0.0.7' }, LOCAL, 'http://10.0.0.7:8300'],
  [{ COPYDESK_HOST: '::1' }, LOCAL, 'http://[::1]:8300'],
])('%j: people go to %s, the command to %s', (env, url, api) => {
  expect(readSettings(env)).toMatchObject({ url, api });
});

const RATE = "USD per million input and output tokens, such as 0.15/0.60, or 'table'";
it.each([
  ['COPYDESK_PORT', '80a', 'a whole number from 1 to 65535'],
  ['COPYDESK_PORT', '8233', 'free: the Temporal server and its UI take 7233 and 8233'],
  ['COPYDESK_TEMPORAL_PORT', '65000', 'a whole number from 1 to 64535'],
  ['COPYDESK_API', 'example.org', 'an http or https address'],
  ['COPYDESK_URL', 'example.org', 'an http or https address'],
  ['COPYDESK_TEMPORAL_UI', 'temporal-ui:8080', 'an http or https address'],
  ['OPENAI_API', 'completions', "'responses' or 'chat'"],
  ['OPENAI_OUTPUT', 'json', "'json_schema', 'json_object' or 'text'"],
  ['OPENAI_PRICE', 'free', RATE],
  ['COPYDESK_TEXT_TIMEOUT', '0', 'a whole number from 1 to 1800'],
  ['COPYDESK_ALLOW_PRIVATE', 'yes', '0 or 1'],
  ['COPYDESK_LOG', 'verbose', 'one of error, warn, info, debug'],
  ['COPYDESK_METRICS', 'localhost:9464', 'an IP address and a port such as 127.0.0.1:9464'],
  ['COPYDESK_METRICS', '127.0.0.1:0', 'an IP address and a port such as 127.0.0.1:9464'],
  ['COPYDESK_ADOPT_SECONDS', '-1', 'a whole number from 0 to 86400'],
  ['COPYDESK_GRACE', '5m', 'a whole number from 0 to 3600'],
  ['COPYDESK_DATABASE_CONNECTIONS', '1', 'a whole number from 2 to 1000'],
  ['COPYDESK_DATABASE_TIMEOUT', '30s', 'a whole number from 0 to 3600'],
  ['COPYDESK_TEXT_PER_MINUTE', '0', 'a whole number from 1 to 100000'],
])('%s=%s is refused: it is not %s', (name, value, what) => {
  expect(() => readSettings({ [name]: value })).toThrow(SettingError);
  expect(() => readSettings({ [name]: value })).toThrow(`${name}='${value}' is not ${what}`);
});

const NO_TOKENS = ['secret-nineteen-cha', 'a token that has spaces', 'ein-schlüssel-aus-wörtern'];
it.each(NO_TOKENS)('the token %j is refused, and shown by its length alone', (token) => {
  const read = () => readSettings({ COPYDESK_TOKEN: token });
  const hidden = '*'.repeat(token.length);
  expect(read).toThrow(SettingError);
  expect(read).toThrow(`COPYDESK_TOKEN='${hidden}' is not a token of 20 or more letters, digits and signs`);
  expect(read).toThrow(/; leave it out and the desk makes one, or make one with: openssl rand -hex 24$/);
});

it('docs/configuration.md is what npm run docs writes, with each variable once', async () => {
  const page = await readFile(new URL('../docs/configuration.md', import.meta.url), 'utf8');
  expect(page).toBe(configurationPage(VARIABLES));
  expect(new Set(VARIABLES.map(({ name }) => name)).size).toBe(VARIABLES.length);
});

it.each([
  ['8300', '| `A` | `8300` | a port |'],
  ['60 for `npm start`', '| `A` | 60 for `npm start` | a port |'],
  [null, '| `A` | – | a port |'],
])('docs/configuration.md shows the default %j as code, as words or as a dash', (fallback, row) => {
  expect(configurationPage([{ name: 'A', fallback, meaning: 'a port' }]).split('\n')).toContain(row);
});

it.each(VARIABLES)('its row of $name breaks at nothing, and is not read as HTML', ({ fallback, meaning }) => {
  const words = [meaning, fallback?.includes(' ') ? fallback : ''].join(' ').replaceAll(/`[^`]*`/g, '');
  expect(words).not.toMatch(/[|<`]/);
});
