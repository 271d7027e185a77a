import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PARSERS } from '../database.js';
import { PreparedQueries } from './prepared.js';

let db: PGlite;
let queries: PreparedQueries;
beforeAll(async () => {
  db = await PGlite.create({ parsers: PARSERS });
  queries = new PreparedQueries(db);
  await queries.query('create table post (id text primary key, cost bigint, doc jsonb, at timestamptz)', []);
}, 120_000);
afterAll(() => db.close());

const ADD = 'insert into post values ($1, $2, $3, $4) on conflict (id) do nothing';

describe('a query', () => {
  it('answers with its rows, read as the archive reads them, however often it is asked', async () => {
    for (let count = 0; count < 8; count += 1) {
      const values = [`post${count}`, 10 ** 15 + count, { note: null }, '2026-11-24T10:00:00+01:00'];
      expect(await queries.query(ADD, values)).toEqual({ command: 'INSERT', rowCount: 1, rows: [] });
      const { rows } = await queries.query('select * from post where id = any($1)', [[`post${count}`]]);
      const [id, at] = [`post${count}`, '2026-11-24T09:00:00.000Z'];
      expect(rows).toEqual([{ id, cost: 1_000_000_000_000_000 + count, doc: { note: null }, at }]);
    }
  });

  it('counts the rows that it changed', async () => {
    expect(await queries.query(ADD, ['post0', 1, null, null])).toMatchObject({ rowCount: 0 });
    const updated = await queries.query('update post set cost = null', []);
    expect(updated).toMatchObject({ command: 'UPDATE', rowCount: 8 });
  });

  it('that fails says why with its code, and the next one is answered', async () => {
    const add = 'insert into post (id) values ($1)';
    await expect(queries.query(add, ['post0'])).rejects.toMatchObject({ code: '23505' });
    await expect(queries.query('select nothing from post', [])).rejects.toMatchObject({ code: '42703' });
    expect((await queries.query('select 1 as one', [])).rows).toEqual([{ one: 1 }]);
  });

  it('that fails in a transaction leaves the rollback to be asked for', async () => {
    await queries.query('begin', []);
    await queries.query('delete from post', []);
    await expect(queries.query('select 1 / $1::int', [0])).rejects.toMatchObject({ code: '22012' });
    await expect(queries.query('select 2 as two', [])).rejects.toMatchObject({ code: '25P02' });
    await queries.query('rollback', []);
    expect((await queries.query('select count(*) from post', [])).rows).toEqual([{ count: 8 }]);
  });
});

it('keeps 200 statements, and asks for those that it closed again', async () => {
  const known = async (): Promise<unknown> =>
    (await db.query<{ count: number }>('select count(*) from pg_prepared_statements')).rows[0]?.count;
  for (let count = 0; count < 300; count += 1)
    expect((await queries.query(`select ${count} as n`, [])).rows).toEqual([{ n: count }]);
  expect(await known()).toBe(200);
  expect((await queries.query('select 0 as n', [])).rows).toEqual([{ n: 0 }]);
  expect(await known()).toBe(200);
});
