import { expect, it } from 'vitest';
import { commandsOf } from './shell.js';

it.each<[line: string, words: string[][]]>([
  ['npm start', [['npm', 'start']]],
  [
    `a --note "good one" --input '{"by":"you"}'  # why`,
    [['a', '--note', 'good one', '--input', '{"by":"you"}']],
  ],
  [`a --cron='0 6 * * 1'x ""`, [['a', '--cron=0 6 * * 1x', '']]],
  ['a export | gzip > a.gz && b', [['a', 'export'], ['gzip'], ['b']]],
  ['a edit --body - < text', [['a', 'edit', '--body', '-']]],
  [
    'source <(a completion bash) now',
    [
      ['source', '/dev/fd/63', 'now'],
      ['a', 'completion', 'bash'],
    ],
  ],
])('%s', (line, words) => expect(commandsOf(line).map((command) => command.words)).toEqual(words));

it('knows the variables that are set for a command', () => {
  expect(commandsOf('A=1 B="2 3" c d=4')).toEqual([{ env: { A: '1', B: '2 3' }, words: ['c', 'd=4'] }]);
});

it.each(['a "b', "a 'b", 'a $(b)', 'a "$B"', 'a \\', 'a >', 'a <(b', 'a )', 'A=1', 'a |', 'a & b'])(
  'takes no %s',
  (line) => expect(() => commandsOf(line)).toThrow(),
);
