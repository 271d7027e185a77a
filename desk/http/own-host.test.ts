import { expect, it } from 'vitest';
import { isOwnHost } from './gate.js';

const isOwn = (host?: string) => isOwnHost(host, ['https://desk.example', 'http://[fd00::7]:8300']);

it.each([
  ...['127.0.0.1:8300', 'localhost:8300', 'LOCALHOST', '[::1]:8300', 'desk.example', 'Desk.Example:8443'],
  '[fd00::7]:8300',
])("'%s' is our own host", (host) => expect(isOwn(host)).toBe(true));

it.each([
  ...['evil.example', 'desk.example.evil.example', 'localhost.evil.example', 'evil-desk.example'],
  ...['127.0.0.1.nip.io', '127.0.0.1:8300.evil.example', 'evil.example@127.0.0.1', '127.0.0.1 evil.example'],
  ...['evil.localhost', '0.0.0.0:8300', '', undefined],
])("'%s' is none of ours", (host) => expect(isOwn(host)).toBe(false));
