import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
// Rules that need types want a file that exists; those of the import direction do not.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts', '**/*.tsx'] },
});

const direction = [
  '@typescript-eslint/no-restricted-imports',
  'no-restricted-syntax',
  'no-restricted-globals',
];

async function lint(file: string, code: string) {
  const [result] = await eslint.lintText(code, { filePath: join(root, file) });
  const messages = result?.messages ?? [];
  expect(messages.filter((message) => message.fatal)).toEqual([]);
  return messages.map(({ ruleId, message }) => ({ ruleId: ruleId ?? '', message }));
}
const complaints = async (file: string, code: string): Promise<string[]> =>
  (await lint(file, code)).filter(({ ruleId }) => direction.includes(ruleId)).map(({ message }) => message);

const value = (path: string) => `import { x } from '${path}';\nexport const y = x;\n`;
const load = (path: string) => `export const load = () => import('${path}');\n`;
const type = (path: string) => `import type { X } from '${path}';\nexport type Y = X;\n`;

const allowed: [file: string, code: string][] = [
  ['contract/a.ts', value('./ids.js')],
  ['contract/a.ts', value('@temporalio/common')],
  ['workflows/a.ts', value('../contract/ids.js')],
  ['workflows/post/a.ts', type('../../activities/index.js')],
  ['activities/a.ts', value('../services/services.js')],
  ['activities/a.ts', value('node:fs')],
  ['activities/a.ts', load('../contract/ids.js')],
  ['activities/a.ts', load('node:fs')],
  ['services/text/a.ts', value('../../contract/money.js')],
  ['services/text/a.ts', value('zod')],
  ['config/accounts/a.ts', value('zod')],
  ['contract/api/a.ts', value('zod')],
  ['contract/status.ts', value('zod')],
  ['workflows/a.ts', type('../contract/status.js')],
  ['desk/api/a.ts', value('../../contract/api/posts.js')],
  ['client/http/a.ts', type('../../contract/api/posts.js')],
  ['client/a.ts', value('../config/settings.js')],
  ['command/commands/a.ts', value('../../client/copydesk.js')],
  ['desk/a.tsx', value('../client/copydesk.js')],
  ['desk/pages/a.tsx', value('../../services/archive/archive.js')],
  ['workers/a.ts', value('../desk/serve.js')],
  ['workers/up/a.ts', value('../../offline/ledger.js')],
  ['offline/fal/a.ts', value('../ledger.js')],
  ['workflows/a.test.ts', value('../services/services.js')],
  ['workflows/testing/a.ts', value('node:fs')],
];

test.each(allowed)('%s may: %s', async (file, code) => {
  expect(await complaints(file, code)).toEqual([]);
});

const refused: [file: string, code: string, reason: string][] = [
  ['contract/a.ts', value('../services/services.js'), 'contract/ does not import services/'],
  ['contract/a.ts', value('zod'), 'zod sits where data enters'],
  ['contract/formats/a.ts', value('node:fs'), 'No Node builtin'],
  ['contract/a.ts', value('crypto'), 'No Node builtin'],
  ['contract/a.ts', 'export const a = process.env;\n', 'Workflows load this'],
  ['workflows/a.ts', value('../activities/index.js'), 'workflows/ imports only types of activities/'],
  ['workflows/post/a.ts', type('../../services/services.js'), 'workflows/ does not import services/'],
  ['workflows/a.ts', value('zod/v4'), 'zod sits where data enters'],
  ['workflows/a.ts', value('node:crypto'), 'No Node builtin'],
  ['workflows/a.ts', 'export const a = Buffer.from([]);\n', 'Workflows load this'],
  ['workflows/a.ts', "console.log('x');\n", 'Workflows load this'],
  ['activities/a.ts', value('../workflows/post/post.js'), 'activities/ does not import workflows/'],
  ['services/text/a.ts', value('../../activities/index.js'), 'services/ does not import activities/'],
  ['client/a.ts', value('../services/services.js'), 'client/ does not import services/'],
  ['client/a.ts', value('../command/main.js'), 'client/ does not import command/'],
  ['config/a.ts', value('../client/copydesk.js'), 'config/ does not import client/'],
  ['services/a.ts', value('../config/settings.js'), 'services/ does not import config/'],
  ['command/commands/a.ts', value('../../workers/up.js'), 'command/ does not import workers/'],
  ['desk/pages/a.tsx', value('../../activities/index.js'), 'desk/ does not import activities/'],
  ['desk/a.ts', type('../workflows/index.js'), 'desk/ does not import workflows/'],
  ['workers/a.ts', value('@/services/services.js'), 'relative path'],
  ['offline/fal/a.ts', value('../../contract/ids.js'), 'offline/ does not import contract/'],
  ['offline/a.ts', "export { x } from '../services/services.js';\n", 'offline/ does not import services/'],
  ['contract/a.ts', value('./api/posts.js'), 'It is made of zod'],
  ['workflows/a.ts', value('../contract/status.js'), 'It is made of zod'],
  ['command/commands/a.ts', value('../../contract/api/posts.js'), 'It is made of zod'],
  ['contract/api/a.ts', value('node:fs'), 'No Node builtin'],
  ['workflows/a.ts', load('../services/services.js'), 'workflows/ does not import services/'],
  ['workflows/post/a.ts', load('../../activities/index.js'), 'workflows/ imports only types of activities/'],
  ['contract/a.ts', load('node:fs'), 'No Node builtin'],
  ['client/a.ts', load('../workers/up.js'), 'client/ does not import workers/'],
  ['client/a.test.ts', value('~/client/copydesk.js'), 'relative path'],
];

test.each(refused)('%s may not: %s', async (file, code, reason) => {
  const messages = await complaints(file, code);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toContain(reason);
});

test.each(['/^\\s*a?\\s*$/', '/\\s+$/', '/(a+)+b/'])(
  'the pattern %s is refused: its time grows with the square',
  async (pattern) => {
    const rules = (await lint('services/a.ts', `export const at = ${pattern};\n`)).map(
      ({ ruleId }) => ruleId,
    );
    expect(rules).toContainEqual(expect.stringMatching(/^regexp\/no-super-linear-/));
  },
);

test('a test that replaces a module needs a process of its own', async () => {
  const messages = await lint('contract/a.test.ts', "import { vi } from 'vitest';\nvi.mock('./a.js');\n");
  expect(messages.map(({ ruleId }) => ruleId)).toEqual(['no-restricted-properties']);
});
