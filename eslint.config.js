import { builtinModules } from 'node:module';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';
import { MOCKING } from './tools/mocking.mjs';

const rooms = [
  ...['contract', 'config', 'workflows', 'activities', 'services'],
  ...['client', 'command', 'desk', 'workers', 'offline'],
];

/** Which rooms a room may import, besides itself. Of `types` it may import only types. */
const directions = {
  contract: { values: [] },
  workflows: { values: ['contract'], types: ['activities'] },
  services: { values: ['contract'] },
  activities: { values: ['contract', 'services'] },
  config: { values: ['contract'] },
  client: { values: ['contract', 'config'] },
  command: { values: ['contract', 'config', 'client'] },
  desk: { values: ['contract', 'config', 'client', 'services'] },
  workers: { values: rooms },
  // It plays somebody else's server, so it knows nothing of ours.
  offline: { values: [] },
};

/** Files of a room that run in production: tests and benchmarks may look into every room. */
const inRoom = (room) => [`${room}/**/*.ts`, `${room}/**/*.tsx`];
const tests = ['**/*.test.ts', '**/*.test.tsx', '**/testing/**', 'test/**', 'bench/**'];

/** `../services/x.js`, `../../services/x.js`, …: every relative way into a room. */
const wayInto = (room) => `^(\\.\\./)+${room}/`;

function directionPatterns(room) {
  const { values, types = [] } = directions[room];
  return rooms
    .filter((other) => other !== room && !values.includes(other))
    .map((other) => ({
      regex: wayInto(other),
      allowTypeImports: types.includes(other),
      message: types.includes(other)
        ? `${room}/ imports only types of ${other}/.`
        : `${room}/ does not import ${other}/: imports point one way.`,
    }));
}

/** Specifiers that mean a file of ours in another way than by its relative path. */
const aliases = { regex: '^(@/|~/|#|src/)', message: 'Import our own files by their relative path.' };

/** What neither the contract nor a workflow loads: the sandbox lacks Node, and a schema per cached workflow eats the heap. */
const withoutNode = [
  { regex: '^node:', message: 'No Node builtin here: workflows load this.' },
  {
    regex: `^(${builtinModules.filter((name) => !name.startsWith('_')).join('|')})$`,
    message: 'No Node builtin here.',
  },
];
const sandboxed = [
  ...withoutNode,
  { regex: '^zod($|/)', message: 'zod sits where data enters, not in what workflows load.' },
];
/** The files of contract/ that are made of zod: who must start fast, or runs in the sandbox, knows only their types. */
const SCHEMAS = '(document|status|account|lists|api/[^.]*)\\.js$';
const schemaFiles = ['contract/{document,status,account,lists}.ts', 'contract/api/**/*.ts'];
function schemaPatterns(room) {
  if (!['contract', 'workflows', 'client', 'command'].includes(room)) return [];
  const message = 'It is made of zod, which this need not load: import its types.';
  const regex = room === 'contract' ? `^\\.{1,2}/${SCHEMAS}` : `${wayInto('contract')}${SCHEMAS}`;
  return [{ regex, allowTypeImports: true, message }];
}
const noNodeGlobals = ['process', 'Buffer', 'console', '__dirname', 'require'].map((name) => ({
  name,
  message: 'Workflows load this, and their sandbox has none.',
}));

/** What a program or a command says goes through one place, where it can't steer the terminal or begin a line of its own. */
const WRITERS = [
  'command/output/output.ts',
  'command/output/live.ts',
  'command/copydesk.ts',
  'workers/log.ts',
];
const oneWriter = {
  'no-console': 'error',
  'no-restricted-properties': [
    'error',
    ...['stdout', 'stderr'].map((property) => ({
      ...{ object: 'process', property },
      message: 'Say it through workers/log.ts or command/output/output.ts.',
    })),
  ],
};
const writesToStream = {
  selector: 'CallExpression > MemberExpression[property.name="write"][object.property.name=/^std(out|err)$/]',
  message: 'Say it through workers/log.ts or command/output/output.ts.',
};

/** The rules that hold `patterns`, for `import … from` and, as the first rule does not see it, for `import()`. */
const restrictImports = (patterns, ...selectors) => ({
  '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
  'no-restricted-syntax': [
    'error',
    ...patterns.map(({ regex, message }) => ({ selector: dynamic(regex), message })),
    ...selectors,
  ],
});

/** A selector's regular expression may hold no slash. */
const dynamic = (regex) => `ImportExpression[source.value=/${regex.replaceAll('/', '\\u002F')}/]`;

export default tseslint.config(
  { ignores: ['dist/', 'var/', 'node_modules/', 'test/replay/histories/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      ...restrictImports([aliases]),
    },
  },
  {
    rules: {
      eqeqeq: 'error',
      'no-control-regex': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', caughtErrors: 'all' },
      ],
    },
  },
  ...rooms.map((room) => ({
    files: inRoom(room),
    ignores: tests,
    rules: restrictImports(
      [
        aliases,
        ...directionPatterns(room),
        ...schemaPatterns(room),
        ...(room === 'contract' || room === 'workflows' ? sandboxed : []),
      ],
      writesToStream,
    ),
  })),
  {
    files: schemaFiles,
    ignores: tests,
    rules: restrictImports([aliases, ...directionPatterns('contract'), ...withoutNode], writesToStream),
  },
  { files: rooms.flatMap(inRoom), ignores: [...tests, ...WRITERS, '**/*.child.ts'], rules: oneWriter },
  {
    files: [...inRoom('contract'), ...inRoom('workflows')],
    ignores: tests,
    rules: { 'no-restricted-globals': ['error', ...noNodeGlobals] },
  },
  // Text from outside must not be able to stop the process: a pattern's time grows with the text, never with its square.
  {
    files: rooms.flatMap((room) => [...inRoom(room), `${room}/**/*.mjs`]),
    ignores: tests,
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['**/*.test.ts', '**/*.test.tsx'],
    ignores: MOCKING,
    rules: {
      'no-restricted-properties': [
        'error',
        {
          ...{ object: 'vi', property: 'mock' },
          message: 'It needs a process of its own: name the file in tools/mocking.mjs.',
        },
      ],
    },
  },
  // A test or a benchmark may read an answer as whatever it expects of it.
  { files: tests, rules: { '@typescript-eslint/no-explicit-any': 'off' } },
);
