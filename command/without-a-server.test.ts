import { expect, it } from 'vitest';
import { useBystander } from './testing/bystander.js';
import { commands, goodLine, ID } from './testing/command-lines.js';
import { closedPort } from './testing/command.js';
import { inJson, inProcess } from './testing/in-process.js';

const bystander = useBystander();

/** They serve themselves, need no server, or are tested with their files. */
const OTHERS = ['up', 'worker', 'desk', 'accounts', 'people', 'prices', 'completion'];
const WITH_FILES = ['archive export', 'archive import'];
const OF_THE_DESK = ['batch list', 'post list', 'post share', 'slots', 'costs'];
const asked = commands
  .map(([words, command]) => ({ line: words.join(' '), args: goodLine(words, command) }))
  .filter(({ line, args }) => !OTHERS.includes(args[0]!) && !WITH_FILES.includes(line));
const isOfTheDesk = ({ line }: { line: string }) => OF_THE_DESK.includes(line);
const noTemporal = (address: string) =>
  `no Temporal server at ${address}; start it with npm start, or set TEMPORAL_ADDRESS`;

it.each([
  ...asked.filter((one) => !isOfTheDesk(one)),
  { line: 'batch start --wait', args: [...asked.find(({ line }) => line === 'batch start')!.args, '--wait'] },
  { line: 'batch status --watch', args: ['batch', 'status', ID, '--watch'] },
  { line: 'approve --batch', args: ['approve', '--batch', ID] },
])('$line without Temporal has exit code 1 and names the address', async ({ args }) => {
  const port = await closedPort();
  const message = noTemporal(`127.0.0.1:${port}`);
  const document = { error: { message } };
  const ended = await inJson(args, { COPYDESK_TEMPORAL_PORT: `${port}` });
  expect(ended).toEqual({ code: 1, stderr: `${message}\n`, document });
});

it.each(asked.filter(isOfTheDesk))('$line without a desk has exit code 1', async ({ args }) => {
  const port = await closedPort();
  const { code, stderr, document } = await inJson(args, { COPYDESK_PORT: `${port}` });
  expect({ code, document }).toEqual({ code: 1, document: { error: { message: stderr.trim() } } });
  expect(stderr).toMatch(new RegExp(`^the desk does not answer at http://127\\.0\\.0\\.1:${port} .*\\n$`));
});

it.each(['127.0.0.1', 'localhost'])('TEMPORAL_ADDRESS on %s is tried and named', async (host) => {
  const address = `${host}:${await closedPort()}`;
  const ended = await inProcess(['post', 'status', ID], { TEMPORAL_ADDRESS: address });
  expect(ended).toEqual({ code: 1, stdout: '', stderr: `${noTemporal(address)}\n` });
});

it('one that takes the connection and never answers is given up', async () => {
  const { servers } = bystander;
  const { code, stderr } = await inProcess(['post', 'status', ID], servers);
  expect({ code, stderr }).toEqual({ code: 1, stderr: `${noTemporal(servers.TEMPORAL_ADDRESS!)}\n` });
});
