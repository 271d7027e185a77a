import { describe, expect, it } from 'vitest';
import { GOOD, ID, parsed, SCHEDULE, useBystander } from './testing/bystander.js';
import { closedPort } from './testing/command.js';
import { inProcess } from './testing/in-process.js';

const bystander = useBystander();
const { servers } = bystander;

describe('without a server: exit 1 and the address', () => {
  it.each([
    [GOOD],
    [[...GOOD, '--wait']],
    [['batch', 'status', ID]],
    [['batch', 'status', ID, '--watch']],
    [['batch', 'pause', ID]],
    [['batch', 'resume', ID]],
    [['batch', 'budget', ID, '7.50']],
    [['batch', 'cancel', ID]],
    [['batch', 'cancel', ID, '--by', 'ana', '--reason', 'Overtaken']],
    [['post', 'status', ID]],
    [['post', 'cancel', ID]],
    [['approve', ID, ID]],
    [['approve', '--batch', ID]],
    [['reject', ID, '--reason', 'No']],
    [['revise', ID, '--note', 'Shorter', '--redo', 'all']],
    [['edit', ID, '--hashtags', '#ai, data']],
    [['resume', ID]],
    [['costs', 'reconcile']],
    [SCHEDULE],
    [['schedule', 'list']],
    [['schedule', 'pause', ID]],
    [['schedule', 'resume', ID]],
    [['schedule', 'run', ID]],
    [['schedule', 'remove', ID]],
  ])('%j', async (args) => {
    const port = await closedPort();
    const { code, stdout, stderr } = await inProcess([...args, '--json'], {
      COPYDESK_TEMPORAL_PORT: `${port}`,
    });
    const message = `no Temporal server at 127.0.0.1:${port}; start it with npm start, or set TEMPORAL_ADDRESS`;
    expect({ code, stderr }).toEqual({ code: 1, stderr: `${message}\n` });
    expect(parsed(stdout)).toEqual({ error: { message } });
  });

  it.each(['127.0.0.1', 'localhost'])('TEMPORAL_ADDRESS on %s is tried and named', async (host) => {
    const address = `${host}:${await closedPort()}`;
    const { code, stdout, stderr } = await inProcess(['post', 'status', ID], { TEMPORAL_ADDRESS: address });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `no Temporal server at ${address}; start it with npm start, or set TEMPORAL_ADDRESS\n`,
    );
  });

  it('one that takes the connection and never answers is given up', async () => {
    const { code, stderr } = await inProcess(['post', 'status', ID], servers);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `no Temporal server at ${servers.TEMPORAL_ADDRESS}; start it with npm start, or set TEMPORAL_ADDRESS\n`,
    });
  });

  it.each([[['batch', 'list']], [['post', 'list', '--waiting']]])('%j without a desk', async (args) => {
    const port = await closedPort();
    const { code, stdout, stderr } = await inProcess([...args, '--json'], { COPYDESK_PORT: `${port}` });
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^the desk does not answer at http://127\\.0\\.0\\.1:${port} .*\\n$`));
    expect(parsed(stdout)).toEqual({ error: { message: stderr.trim() } });
  });
});
