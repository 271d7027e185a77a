import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { readForm } from './form.js';

async function read(body: string | FormData | URLSearchParams, headers?: Record<string, string>) {
  const app = new Hono().post('/', async (c) => {
    const { field, all, file } = await readForm(c);
    return c.json([field('name'), all('name'), file('name')?.name ?? null]);
  });
  return (await app.request('/', { method: 'POST', body, headers })).json();
}

it('reads the texts of a form, and a file apart from them', async () => {
  expect(await read(new URLSearchParams({ name: 'Jo' }))).toEqual(['Jo', ['Jo'], null]);
  expect(await read(new URLSearchParams('name=Jo&name=Ana'))).toEqual(['Ana', ['Jo', 'Ana'], null]);
  const form = new FormData();
  form.set('name', new File(['Jo'], 'jo.txt'));
  expect(await read(form)).toEqual(['', [], 'jo.txt']);
});

it('finds no fields in what is no form, nor in what every object has', async () => {
  expect(await read('{"name":"Jo"}', { 'Content-Type': 'application/json' })).toEqual(['', [], null]);
  expect(await read('--x', { 'Content-Type': 'multipart/form-data; boundary=x' })).toEqual(['', [], null]);
});
