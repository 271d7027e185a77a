import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { TARGET_KINDS } from '../../contract/targets/registry.js';
import { publishersFor, type PublisherOptions } from './registry.js';

test('the registry names each publisher by its kind, and every kind of target has one', () => {
  const publishers = publishersFor({} as PublisherOptions);
  for (const [name, { kind }] of Object.entries(publishers)) expect(name).toBe(kind);
  expect(Object.keys(publishers).sort()).toEqual(TARGET_KINDS.map(({ kind }) => kind).sort());
});

test('who publishes nowhere else loads no client of another target', async () => {
  const registry = fileURLToPath(new URL('registry.ts', import.meta.url));
  const script = `import { publishersFor } from ${JSON.stringify(registry)};
    import module from 'node:module';
    publishersFor({});
    const loaded = ['@atproto', 'sharp'].filter((name) =>
      Object.keys(module._cache).some((path) => path.includes('/node_modules/' + name + '/')));
    console.log(JSON.stringify(loaded));`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  expect((await promisify(execFile)(process.execPath, args)).stdout).toBe('[]\n');
});
