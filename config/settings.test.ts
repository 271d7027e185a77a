import { describe, expect, it } from 'vitest';
import { OWN_SERVER } from '../contract/money/prices/text-rate.js';
import { SettingError } from '../contract/errors.js';
import { readSettings, VARIABLES } from './settings.js';

describe('readSettings', () => {
  it('has the defaults of the design', () => {
    expect(readSettings({})).toEqual({
      data: 'var',
      accounts: 'accounts',
      host: '127.0.0.1',
      port: 8300,
      url: 'http://127.0.0.1:8300',
      api: 'http://127.0.0.1:8300',
      token: null,
      people: null,
      temporalPort: 7233,
      temporalUi: null,
      temporalUiHost: '127.0.0.1',
      adoptSeconds: null,
      grace: null,
      allowPrivate: false,
      log: null,
      metrics: null,
      databaseUrl: null,
      temporalAddress: null,
      text: null,
      media: null,
    });
  });

  it('takes a provider for real when its key or its base URL is set', () => {
    expect(readSettings({ OPENAI_API_KEY: 'k' }).text).toEqual({
      apiKey: 'k',
      baseUrl: 'https://api.openai.com/v1',
      api: 'responses',
      output: null,
      timeoutSeconds: 300,
      rate: null,
    });
    expect(readSettings({ OPENAI_BASE_URL: 'http://127.0.0.1:1/v1/' }).text).toEqual({
      apiKey: 'none',
      baseUrl: 'http://127.0.0.1:1/v1',
      api: 'chat',
      output: null,
      timeoutSeconds: 300,
      rate: OWN_SERVER,
    });
    expect(readSettings({ FAL_KEY: 'k' }).media).toEqual({ key: 'k', baseUrl: null });
    expect(readSettings({ FAL_KEY: 'k', FAL_ADMIN_KEY: 'a' }).media).toEqual({
      key: 'k',
      adminKey: 'a',
      baseUrl: null,
    });
    expect(readSettings({ FAL_ADMIN_KEY: 'a' }).media).toBeNull();
    expect(readSettings({ FAL_BASE_URL: 'http://127.0.0.1:1' }).media).toEqual({
      key: 'none',
      baseUrl: 'http://127.0.0.1:1',
    });
    expect(readSettings({ OPENAI_API_KEY: ' ', FAL_KEY: '' })).toMatchObject({ text: null, media: null });
  });

  it('speaks the Responses API with OpenAI itself and its regions alone, and chat with all others', () => {
    const apiAt = (host: string) => readSettings({ OPENAI_BASE_URL: `https://${host}/v1` }).text?.api;
    expect(['api.openai.com', 'eu.api.openai.com'].map(apiAt)).toEqual(['responses', 'responses']);
    expect(['api.openai.com.example.org', 'openrouter.ai'].map(apiAt)).toEqual(['chat', 'chat']);
  });

  it('prices a server on a private address at 0 unless told otherwise', () => {
    const rateAt = (OPENAI_BASE_URL: string, OPENAI_PRICE = '') =>
      readSettings({ OPENAI_BASE_URL, OPENAI_PRICE }).text?.rate;
    expect(rateAt('http://192.168.1.5:11434/v1')).toEqual(OWN_SERVER);
    expect(rateAt('http://192.168.1.5:11434/v1', 'table')).toBeNull();
    expect(rateAt('https://openrouter.ai/api/v1')).toBeNull();
    expect(rateAt('http://localhost:8080/v1', '0.2/1')).toMatchObject({ input: '0.2', output: '1' });
  });

  it.each([
    [{ COPYDESK_PORT: '8301' }, 'http://127.0.0.1:8301', 'http://127.0.0.1:8301'],
    [{ COPYDESK_URL: 'https://desk.example/' }, 'https://desk.example', 'http://127.0.0.1:8300'],
    [{ COPYDESK_API: 'http://desk:8300/' }, 'http://127.0.0.1:8300', 'http://desk:8300'],
    [{ COPYDESK_HOST: '0.0.0.0' }, 'http://127.0.0.1:8300', 'http://127.0.0.1:8300'],
    [{ COPYDESK_HOST: '::' }, 'http://127.0.0.1:8300', 'http://127.0.0.1:8300'],
    [{ COPYDESK_HOST: '10.0.0.7' }, 'http://127.0.0.1:8300', 'http://10.0.0.7:8300'],
    [{ COPYDESK_HOST: '::1' }, 'http://127.0.0.1:8300', 'http://[::1]:8300'],
  ])('%j: people go to %s, the command to %s', (env, url, api) => {
    expect(readSettings(env)).toMatchObject({ url, api });
  });

  it.each([
    [{ COPYDESK_PORT: '80a' }, "COPYDESK_PORT='80a' is not a whole number from 1 to 65535"],
    [
      { COPYDESK_TEMPORAL_PORT: '65000' },
      "COPYDESK_TEMPORAL_PORT='65000' is not a whole number from 1 to 64535",
    ],
    [
      { COPYDESK_PORT: '8233' },
      "COPYDESK_PORT='8233' is not free: the Temporal server and its UI take 7233 and 8233",
    ],
    [{ COPYDESK_API: 'example.org' }, "COPYDESK_API='example.org' is not an http or https address"],
    [{ COPYDESK_URL: 'example.org' }, "COPYDESK_URL='example.org' is not an http or https address"],
    [
      { OPENAI_API_KEY: 'k', OPENAI_API: 'completions' },
      "OPENAI_API='completions' is not 'responses' or 'chat'",
    ],
    [{ OPENAI_OUTPUT: 'json' }, "OPENAI_OUTPUT='json' is not 'json_schema', 'json_object' or 'text'"],
    [
      { OPENAI_PRICE: 'free' },
      "OPENAI_PRICE='free' is not USD per million input and output tokens, such as 0.15/0.60, or 'table'",
    ],
    [{ COPYDESK_TEXT_TIMEOUT: '0' }, "COPYDESK_TEXT_TIMEOUT='0' is not a whole number from 1 to 1800"],
    [{ COPYDESK_ALLOW_PRIVATE: 'yes' }, "COPYDESK_ALLOW_PRIVATE='yes' is not 0 or 1"],
    [{ COPYDESK_TEMPORAL_UI: 'temporal-ui:8080' }, "COPYDESK_TEMPORAL_UI='temporal-ui:8080' is not an http"],
    [
      { COPYDESK_TOKEN: 'secret-nineteen-cha' },
      "COPYDESK_TOKEN='*******************' is not a token of 20 or more letters, digits and signs without spaces; leave it out and the desk makes one, or make one with: openssl rand -hex 24",
    ],
    [{ COPYDESK_TOKEN: 'a token that has spaces' }, "COPYDESK_TOKEN='***********************' is not"],
    [{ COPYDESK_TOKEN: 'ein-schlüssel-aus-wörtern' }, "COPYDESK_TOKEN='*************************' is not"],
    [{ COPYDESK_LOG: 'verbose' }, "COPYDESK_LOG='verbose' is not one of error, warn, info, debug"],
    [
      { COPYDESK_METRICS: 'localhost:9464' },
      "COPYDESK_METRICS='localhost:9464' is not an IP address and a port such as 127.0.0.1:9464",
    ],
    [{ COPYDESK_METRICS: '127.0.0.1:0' }, "COPYDESK_METRICS='127.0.0.1:0'"],
    [{ COPYDESK_ADOPT_SECONDS: '-1' }, "COPYDESK_ADOPT_SECONDS='-1'"],
    [{ COPYDESK_GRACE: '5m' }, "COPYDESK_GRACE='5m' is not a whole number from 0 to 3600"],
  ])('refuses %j in one line', (env, message) => {
    expect(() => readSettings(env)).toThrow(SettingError);
    expect(() => readSettings(env)).toThrow(message);
  });

  it('names each variable once', () => {
    expect(new Set(VARIABLES.map(({ name }) => name)).size).toBe(VARIABLES.length);
  });
});
