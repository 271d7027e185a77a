import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { GOOD, ID, parsed } from './testing/bystander.js';
import { inProcess } from './testing/in-process.js';

describe('with a desk', () => {
  it('post list prints what the desk answers, asked with token and filter', async () => {
    const posts = [
      {
        id: ID,
        title: 'A\u001b[31m title',
        account: 'ashtalksai',
        status: 'awaiting_approval',
        gate: 'publish',
        revision: 2,
        costUsd: 0.06,
        contentFormat: 'video',
        batchId: ID,
        since: '2026-11-24T09:00:00Z',
        reminded: true,
        offline: false,
      },
    ];
    const asked: [string | undefined, string | undefined][] = [];
    const desk = createServer((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ posts }));
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    try {
      const env = {
        COPYDESK_PORT: `${(desk.address() as AddressInfo).port}`,
        COPYDESK_TOKEN: 'a-token-for-the-tests',
      };
      const args = ['post', 'list', '--waiting', '--account', 'ashtalksai'];
      const [json, plain] = [await inProcess([...args, '--json'], env), await inProcess(args, env)];
      expect({ ...json, stdout: parsed(json.stdout) }).toEqual({ code: 0, stdout: { posts }, stderr: '' });
      expect(asked[0]).toEqual([
        '/api/posts?waiting=1&account=ashtalksai&limit=200',
        'Bearer a-token-for-the-tests',
      ]);
      expect(plain.stdout).toContain(`approve ${ID} --revision 2`);
      expect(plain.stdout).toContain('awaiting approval (reminded)');
      // Neither a model's escape sequences nor colours of ours where there is no terminal.
      expect(plain.stdout).not.toContain('\u001b');
    } finally {
      desk.closeAllConnections();
      await new Promise((resolve) => desk.close(resolve));
    }
  });

  it('slots prints what the desk answers, and an account that it does not know is wrong use', async () => {
    const slots = [{ at: '2027-03-29T16:30:00.000Z', postId: ID, title: 'A title' }];
    const asked: (string | undefined)[] = [];
    const desk = createServer((request, response) => {
      asked.push(request.url);
      if (request.url?.includes('account=nobody')) {
        response.writeHead(404).end(JSON.stringify({ error: { message: "account='nobody' has no file" } }));
      } else response.end(JSON.stringify({ slots, timeZone: 'Europe/Lisbon' }));
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    try {
      const env = {
        COPYDESK_PORT: `${(desk.address() as AddressInfo).port}`,
        COPYDESK_TOKEN: 'a-token-for-the-tests',
      };
      const json = await inProcess(['slots', 'ashtalksai', '--weeks', '3', '--json'], env);
      expect({ ...json, stdout: parsed(json.stdout) }).toEqual({ code: 0, stdout: { slots }, stderr: '' });
      const plain = await inProcess(['slots', 'ashtalksai'], env);
      expect(plain.stdout).toContain(`Mon 29 Mar 2027 17:30  ${ID}  A title`);
      expect(asked).toEqual([
        '/api/slots?account=ashtalksai&weeks=3',
        '/api/slots?account=ashtalksai&weeks=2',
      ]);
      expect(await inProcess(['slots', 'nobody'], env)).toMatchObject({ code: 2, stdout: '' });
    } finally {
      desk.closeAllConnections();
      await new Promise((resolve) => desk.close(resolve));
    }
  });

  it('batch start --from-questions asks the desk first, and starts nothing where there is no question', async () => {
    const asked: (string | undefined)[] = [];
    let status = 200;
    const desk = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end(JSON.stringify({ questions: [] }));
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    try {
      const env = {
        COPYDESK_PORT: `${(desk.address() as AddressInfo).port}`,
        COPYDESK_TOKEN: 'a-token-for-the-tests',
      };
      const args = [...GOOD, '--from-questions', '--dry-run'];
      const { code, stdout, stderr } = await inProcess([...args, '--json'], env);
      const message =
        'readers have asked @ashtalksai nothing that its posts leave open; give a brief instead';
      expect({ code, stderr }).toEqual({ code: 1, stderr: `${message}\n` });
      expect(parsed(stdout)).toEqual({ error: { message } });
      expect(asked).toEqual(['/api/questions?account=ashtalksai&limit=10']);
      status = 503;
      expect(await inProcess(args, env)).toMatchObject({ code: 1, stdout: '' });
      // Wrong use asks nobody.
      expect(await inProcess([...args, '--budget', 'lots'], env)).toMatchObject({ code: 2, stdout: '' });
      expect(asked).toHaveLength(2);
    } finally {
      desk.closeAllConnections();
      await new Promise((resolve) => desk.close(resolve));
    }
  });

  it('costs prints what the desk answers, as JSON, as CSV and for a person', async () => {
    const sums = { costUsd: 0.06, wastedUsd: 0, unknownUsd: 0, charges: 2 };
    const document = { rows: [{ key: 'ashtalksai', ...sums }], total: { key: 'total', ...sums } };
    const asked: (string | undefined)[] = [];
    const desk = createServer((request, response) => {
      asked.push(request.url);
      response.end(JSON.stringify({ ...document, offlineCharges: 3 }));
    });
    await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
    try {
      const env = {
        COPYDESK_PORT: `${(desk.address() as AddressInfo).port}`,
        COPYDESK_TOKEN: 'a-token-for-the-tests',
      };
      const args = ['costs', '--by', 'account', '--since', '2026-11-24'];
      const json = await inProcess([...args, '--json'], env);
      expect({ ...json, stdout: parsed(json.stdout) }).toEqual({ code: 0, stdout: document, stderr: '' });
      expect(asked).toEqual(['/api/costs?by=account&since=2026-11-24T00%3A00%3A00.000Z']);
      const left = '3 charges of stand-ins left out: not real money.\n';
      const csv = await inProcess([...args, '--csv'], env);
      expect(csv).toMatchObject({ code: 0, stderr: left });
      expect(csv.stdout).toContain('\nashtalksai,0.060000000,0.000000000,0.000000000,2\n');
      const plain = await inProcess(['costs'], env);
      expect(plain).toMatchObject({ code: 0, stderr: '' });
      expect(plain.stdout).toContain(`\n\n${left}`);
      expect(asked.at(-1)).toBe('/api/costs?by=day');
    } finally {
      desk.closeAllConnections();
      await new Promise((resolve) => desk.close(resolve));
    }
  });
});
