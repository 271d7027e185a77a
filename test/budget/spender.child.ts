/**
 * A worker process of the budget test: reserves, pays, settles, one call after the other, until its parent lets it go. Starts
 * with a call that an earlier one of its slot was killed in, as the retry of an activity does.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as latency } from 'node:timers/promises';
import type { Reservation } from '../../services/archive/ledger/ledger.js';
import { type Archive, createArchive, POOL_LIMITS } from '../../services/archive/archive.js';
import { postgresPool } from '../../services/archive/postgres-pool.js';
import { charge } from '../../services/archive/sample-records.js';
import { chanceOf, type Chance } from '../../offline/seed.js';
import { pay, paymentsIn, type Spending, type Word, type Work } from './spending.js';

/** One paid call: what is expected, the most that it can be, and what the provider will ask for it. */
interface Call {
  readonly key: string;
  readonly batch: Spending['batches'][number];
  readonly expected: number;
  readonly most: number;
  readonly amount: number;
}

const spending = JSON.parse(process.argv[2] ?? '') as Spending;
const archive = createArchive(postgresPool(spending.databaseUrl, POOL_LIMITS));
await archive.records.isEmpty();

let mayGoOn = true;
process.on('message', (message: Work | 'enough') => {
  if (message === 'enough') mayGoOn = false;
  else void work(message).finally(() => process.disconnect());
});
const tell = (word: Word): void => void process.send?.(word);
tell('ready');

async function work({ slot, seed }: Work): Promise<void> {
  const chance = chanceOf(String(seed));
  const between = (min: number, max: number): number => min + chance.next(max - min + 1);
  const history = join(spending.folder, `slot-${slot}.json`);
  if (existsSync(history)) {
    const call = JSON.parse(readFileSync(history, 'utf8')) as Call;
    // What was not paid is made again, or never again, like that of a post that was cancelled: its lease ends by itself.
    if (wasPaid(call) || chance.next(2) === 0) await make(archive.ledger, call, chance);
    rmSync(history);
  }
  let dearest = spending.dearest;
  for (let number = 1; mayGoOn; number += 1) {
    const expected = between(1, dearest);
    const most = between(expected, expected * spending.times);
    const call = {
      key: `slot-${slot}/${seed}/${number}`,
      batch: chance.pick(spending.batches),
      expected,
      most,
      amount: between(1, most),
    };
    writeFileSync(history, JSON.stringify(call));
    const reservation = await make(archive.ledger, call, chance);
    rmSync(history);
    // Where little is left, little is asked for, so that all of it can be used.
    dearest = reservation.granted
      ? spending.dearest
      : Math.max(1, Math.min(reservation.limit - reservation.taken, dearest));
    if (!reservation.granted) await latency(50);
  }
  await archive.close();
}

const wasPaid = ({ key }: Call): boolean =>
  paymentsIn(spending.folder).some((payment) => payment.key === key);

async function make(on: Archive['ledger'], call: Call, chance: Chance): Promise<Reservation> {
  const { key, batch, amount } = call;
  const payer = {
    account: spending.account,
    planner: 'inference',
    batchId: batch.id,
    postId: `post-of-${key}`,
  };
  if (!wasPaid(call)) {
    const { leaseMs } = spending;
    const { expected, most } = call;
    const request = { key, payer, amount: expected, most, offline: false, leaseMs, limits: batch.limits };
    let asked = performance.now();
    let reservation = await on.reserve(request);
    while (!reservation.granted && reservation.wait && mayGoOn) {
      tell('waits');
      await latency(20);
      asked = performance.now();
      reservation = await on.reserve(request);
    }
    if (!reservation.granted) {
      tell(`over ${reservation.budget}`);
      return reservation;
    }
    tell('reserved');
    await latency(chance.next(51));
    // An activity's time is over long before its lease; on a machine that stood still nothing is paid any more.
    if (performance.now() - asked > spending.patienceMs) return reservation;
    pay(spending.folder, { key, batchId: batch.id, amount });
    tell('paid');
    await latency(chance.next(51));
  }
  const at = new Date().toISOString();
  await on.settle({ payer, charges: [charge('draft', { key, amount, at, requestId: key })] });
  tell('settled');
  return { granted: true };
}
