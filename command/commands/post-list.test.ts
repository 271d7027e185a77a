import { beforeAll, expect, it } from 'vitest';
import type { ServedDesk } from '../../desk/serve.js';
import { OPENING_MS, TOKEN, type DeskUnderTest } from '../../desk/testing/desk-under-test.js';
import { inProcess } from '../testing/in-process.js';
import { useServedDesk } from '../../desk/testing/use-served-desk.js';

let desk: DeskUnderTest;
let served: ServedDesk;
useServedDesk((opened) => ({ desk, served } = opened));
beforeAll(() => desk.saveBatch(), OPENING_MS);

const list = (...args: string[]) =>
  inProcess(['post', 'list', ...args], { COPYDESK_API: served.url, COPYDESK_TOKEN: TOKEN });

it('an account that the desk does not know is wrong use', async () => {
  const message = "account='nobody' has no file and no posts; known: harbor";
  expect(await list('--account', 'nobody')).toEqual({ code: 2, stdout: '', stderr: `${message}\n` });
  const { stdout, ...json } = await list('--account', 'nobody', '--waiting', '--json');
  expect(json).toEqual({ code: 2, stderr: `${message}\n` });
  expect(JSON.parse(stdout)).toEqual({ error: { message, field: 'account' } });
});

it('one that it knows may have nothing that waits, and a desk without posts is no mistake', async () => {
  const empty = { code: 0, stdout: '{"posts":[]}\n', stderr: '' };
  expect(await list('--account', 'harbor', '--waiting', '--json')).toEqual(empty);
  expect(await list('--json')).toEqual(empty);
});
