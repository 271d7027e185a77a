import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { HttpChats } from './chats.js';
import { askDesk, deskAt } from './request.js';

it('asks over POST /api/chats, and fails with the errors of the library', async () => {
  const sent: unknown[] = [];
  const answers = [
    [200, { chatId: 'UpkTZ26nc9Eb', answer: 'Rye.', citations: [] }],
    [404, { error: { message: '@crumb has no chat' } }],
    [429, { error: { message: "@crumb's budget of the day is used up" } }],
    [400, { error: { message: 'question is too long', field: 'question' } }],
  ] as const;
  const desk = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      const [status, document] = answers[sent.length] ?? [500, {}];
      sent.push([request.method, request.url, JSON.parse(body)]);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
    });
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  try {
    const chats = new HttpChats(
      askDesk(deskAt(`http://127.0.0.1:${(desk.address() as AddressInfo).port}`, 'a')),
    );
    const asked = { account: 'crumb', question: 'Why?', chatId: 'UpkTZ26nc9Eb' };
    expect(await chats.ask(asked)).toEqual(answers[0][1]);
    expect(sent).toEqual([['POST', '/api/chats', asked]]);
    await expect(chats.ask(asked)).rejects.toMatchObject({ name: 'DeskError', status: 404 });
    await expect(chats.ask(asked)).rejects.toMatchObject({ status: 429, reason: /budget of the day/ });
    await expect(chats.ask(asked)).rejects.toMatchObject({ name: 'UsageError', field: 'question' });
  } finally {
    desk.closeAllConnections();
    await new Promise((resolve) => desk.close(resolve));
  }
});
