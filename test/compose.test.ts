import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { expect, test } from 'vitest';
import { SEARCH_ATTRIBUTES } from '../contract/search-attributes.js';
import { readSettings, VARIABLES } from '../config/settings.js';

interface Service {
  image: string;
  command?: string[];
  environment?: Record<string, string | null>;
  ports?: string[];
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
  volumes?: string[];
  stop_grace_period?: string;
}

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');
const compose = parse(read('docker-compose.yml')) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
  configs: Record<string, { content: string }>;
};
const service = (name: string): Service => {
  const found = compose.services[name];
  if (!found) throw new Error(`docker-compose.yml has no service ${name}`);
  return found;
};
const variablesOf = (name: string): Record<string, string | null> => service(name).environment ?? {};
const known = VARIABLES.map(({ name }) => name);

test.each(['worker', 'desk'])('%s gets only variables that Copydesk reads', (name) => {
  expect(Object.keys(variablesOf(name)).filter((variable) => !known.includes(variable))).toEqual([]);
});

test.each(['worker', 'desk'])('%s has what it needs to find the servers and to make links', (name) => {
  const variables = variablesOf(name);
  expect(variables['TEMPORAL_ADDRESS']).toBe('temporal:7233');
  expect(variables['DATABASE_URL']).toMatch(/^postgres:\/\/copydesk:.*@archive-db:5432\/copydesk$/);
  expect(variables['COPYDESK_URL']).toMatch(/^\$\{COPYDESK_URL:\?.+\}$/);
});

test("the desk's token must be given, and the desk is reached through its published port", () => {
  expect(variablesOf('desk')['COPYDESK_TOKEN']).toMatch(/^\$\{COPYDESK_TOKEN:\?.+\}$/);
  expect(variablesOf('desk')['COPYDESK_HOST']).toBe('0.0.0.0');
  const { port, temporalPort } = readSettings({
    COPYDESK_PORT: String(variablesOf('desk')['COPYDESK_PORT']),
  });
  const uiPort = temporalPort + 1_000;
  expect(service('desk').ports).toEqual([`127.0.0.1:8300:${port}`, `127.0.0.1:8233:${uiPort}`]);
});

test('the Temporal UI is reached through the desk alone, which checks who asks', () => {
  expect(service('temporal-ui').ports).toBeUndefined();
  expect(variablesOf('desk')['COPYDESK_TEMPORAL_UI']).toBe('http://temporal-ui:8080');
  expect(variablesOf('desk')['COPYDESK_TEMPORAL_UI_HOST']).toBe('0.0.0.0');
});

test('no password has a default: each must be given', () => {
  const text = read('docker-compose.yml');
  const secrets = [...text.matchAll(/\$\{(\w*(?:PASSWORD|TOKEN|SECRET|PWD)\w*)([^}]*)\}/g)];
  expect(new Set(secrets.map(([, name]) => name))).toEqual(
    new Set(['TEMPORAL_DB_PASSWORD', 'ARCHIVE_DB_PASSWORD', 'COPYDESK_TOKEN']),
  );
  for (const [, name, rest] of secrets) expect(rest).toMatch(new RegExp(`^:\\?set ${name} to `));
  const given = Object.values(compose.services).flatMap(({ environment }) =>
    Object.entries(environment ?? {}),
  );
  const written = given.filter(([name, value]) => /PASSWORD|PWD|TOKEN|SECRET/.test(name) && value !== null);
  expect(written.length).toBeGreaterThan(0);
  for (const [name, value] of written) expect(String(value), name).toMatch(/^\$\{\w+:\?[^}]+\}$/);
});

test("the worker takes over every provider's variable from the shell, and only the worker", () => {
  const providers = known.filter((name) => /^(OPENAI|FAL)_/.test(name));
  const passed = Object.entries(variablesOf('worker')).filter(([, value]) => value === null);
  expect(passed.map(([name]) => name)).toEqual(expect.arrayContaining(providers));
  expect(Object.keys(variablesOf('desk')).filter((name) => providers.includes(name))).toEqual([]);
});

test('every image is pinned to a version', () => {
  const images = Object.values(compose.services).map(({ image }) => image);
  const bases = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map((match) => match[1] ?? '');
  expect(bases.length).toBeGreaterThan(0);
  for (const base of bases) expect(base).toMatch(/@sha256:[\da-f]{64}$/);
  for (const image of [...images, ...bases]) expect(image).toMatch(/^[\w./-]+:\d+\.\d+/);
});

test('the search attributes are those of the contract', () => {
  const command = service('temporal-search-attributes').command ?? [];
  const values = (flag: string): string[] =>
    command.filter((arg) => arg.startsWith(`--${flag}=`)).map((arg) => arg.slice(flag.length + 3));
  const types = values('type');
  expect(Object.fromEntries(values('name').map((name, at) => [name, types[at]]))).toEqual(SEARCH_ATTRIBUTES);
  expect(service('worker').depends_on?.['temporal-search-attributes']?.condition).toBe(
    'service_completed_successfully',
  );
});

test('ports are published on the loopback only', () => {
  const ports = Object.values(compose.services).flatMap(({ ports }) => ports ?? []);
  expect(ports.length).toBeGreaterThan(0);
  for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test('what others wait for to be healthy has a health check, and every volume is declared', () => {
  const awaited = Object.values(compose.services).flatMap(({ depends_on }) =>
    Object.entries(depends_on ?? {}).flatMap(([name, { condition }]) =>
      condition === 'service_healthy' ? [name] : [],
    ),
  );
  for (const name of awaited) expect(service(name).healthcheck, name).toBeDefined();
  const mounted = Object.values(compose.services).flatMap(({ volumes }) => volumes ?? []);
  const named = mounted
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((source) => !source.startsWith('.'));
  expect(new Set(named)).toEqual(new Set(Object.keys(compose.volumes)));
});

test("Temporal's dynamic configuration is YAML of lists of values", () => {
  const content = parse(compose.configs['temporal-dynamic-config']?.content ?? '') as Record<string, unknown>;
  expect(content).toMatchObject({ 'history.transferProcessorMaxPollRPS': [{ value: 2000 }] });
});

test('the commands that the containers run are files of the build', () => {
  for (const name of ['worker', 'desk']) {
    const file = service(name).command?.[1] ?? '';
    expect(() => read(file.replace(/^dist\//, '').replace(/\.js$/, '.ts')), file).not.toThrow();
  }
});

test('a worker is given the time that its stop may take before it is ended by force', () => {
  const fallback = VARIABLES.find(({ name }) => name === 'COPYDESK_GRACE')?.fallback ?? '';
  const grace = Number(/(\d+) for a worker by itself/.exec(fallback)?.[1]);
  const given = Number(/^(\d+)s$/.exec(service('worker').stop_grace_period ?? '')?.[1]);
  // The force of a worker's stop comes 15 s after its grace, and what is closed then takes a moment.
  expect(given).toBeGreaterThanOrEqual(grace + 20);
});
