import { mkdirSync, watch } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Program } from '../bad-days/program.js';
import { Scene } from '../bad-days/scene.js';
import { Ambush, KillLog, type Victim, type BoundaryAt } from './ambush.js';
import { startHttpFront, writeHead, type Call, type Reply } from './http-front.js';

/** What a worker needs to live, and what outlives it: a scene of bad days, with a front before the stand-ins and one before PostgreSQL. */

export type Stage = Awaited<ReturnType<typeof startStage>>;

/** Long enough for a kill to fall into, short enough for many posts. */
const LATENCY = { openai: { latencyMs: 200 }, image: { latencyMs: 400 }, video: { latencyMs: 800 } };

/** @param say hears of each kill. */
export async function startStage(say: (line: string) => void) {
  const scene = await Scene.open('own-postgres');
  try {
    return await openOver(scene, say);
  } catch (error) {
    await scene.close();
    throw error;
  }
}

async function openOver(scene: Scene, say: (line: string) => void) {
  scene.standIns.control.set(LATENCY);
  await scene.startTemporal();
  const db = new pg.Pool({ connectionString: scene.databaseUrl, max: 4 });
  db.on('error', () => undefined);
  scene.defer(() => db.end());

  // The fronts need the ambush, which needs the worker, which needs the fronts' addresses: they are filled in below.
  const environment: NodeJS.ProcessEnv = {};
  const worker = new Worker(() => scene.program('workers/worker.js', environment));
  const log = new KillLog(say);
  const ambush = new Ambush(worker, log);
  const front = await startProvidersFront(new URL(scene.standIns.falBaseUrl).origin, ambush);
  scene.defer(() => front.close());
  const sqlFront = await startSqlFront(scene.databaseUrl, ambush);
  scene.defer(() => sqlFront.close());
  Object.assign(environment, {
    DATABASE_URL: sqlFront.url,
    OPENAI_BASE_URL: `${front.url}/openai/v1`,
    FAL_BASE_URL: `${front.url}/fal`,
  });

  const assetFolder = join(scene.data, 'assets');
  mkdirSync(assetFolder, { recursive: true });
  const assets = watch(assetFolder, (_event, name) => {
    const cut = name ? ambush.take('file', name) : null;
    if (cut) void ambush.spring(cut, String(name));
  });
  scene.defer(() => assets.close());
  /** `db` is of the archive, by itself and not through the front. */
  return { scene, worker, ambush, log, db, front, assetFolder };
}

export class Worker implements Victim {
  readonly #launch: () => Program;
  #program: Program | null = null;
  #polls = false;
  #killed = false;
  readonly #ownEnds: string[] = [];

  constructor(launch: () => Program) {
    this.#launch = launch;
  }

  get isReady(): boolean {
    return this.#polls && this.#program!.isRunning;
  }

  /** Its last words, each time that it ended without being killed. */
  get ownEnds(): readonly string[] {
    const ended = this.#program && !this.#program.isRunning && !this.#killed;
    return ended ? [...this.#ownEnds, this.#program!.words.slice(-500)] : this.#ownEnds;
  }

  /** Starts it and waits until it polls. @throws Error with its words when it ends before, or takes over a minute */
  async start(): Promise<void> {
    this.#ownEnds.splice(0, Infinity, ...this.ownEnds);
    this.#program = this.#launch();
    this.#killed = false;
    await this.#program.says(/^worker: polling/);
    this.#polls = true;
  }

  async kill(): Promise<void> {
    this.#killed = true;
    this.#polls = false;
    await this.#program?.end('SIGKILL');
  }
}

/** A paid question as it went over the wire: the key of the charge it must have, and the provider's id of its answer. */
export interface Asked {
  readonly key: string;
  readonly requestId: string;
}

/** The platform API answers at once in the stand-in; a look-up of a price that takes a while leaves a boundary to kill at. */
const PLATFORM_MS = 150;

/** A server before the stand-ins, at whose calls the ambush can have the worker killed. @param target their origin */
async function startProvidersFront(target: string, ambush: Ambush) {
  const asked: Asked[] = [];
  const front = await startHttpFront(target, async (call, pass, outgoing) => {
    const subject = subjectOf(call);
    const cut = ambush.take('request', subject);
    if (cut?.moment === 'asked') {
      await ambush.spring(cut, subject);
      return void outgoing.destroy();
    }
    if (call.path.includes('/api.fal.ai/')) await sleep(PLATFORM_MS);
    const reply = await pass().catch((error: unknown) => {
      if (cut) ambush.giveBack(cut);
      throw error;
    });
    asked.push(...askedIn(call, reply));
    if (cut?.moment === 'answered') {
      await ambush.spring(cut, subject);
      return void outgoing.destroy();
    }
    writeHead(outgoing, reply);
    if (!cut) return void outgoing.end(reply.body);
    outgoing.write(reply.body.subarray(0, reply.body.length / 2), () => void ambush.spring(cut, subject));
  });
  /** Every paid question that the stand-in has answered, whether or not the answer was passed on. */
  return { ...front, asked: asked as readonly Asked[] };
}

function askedIn(call: Call, reply: Reply): Asked[] {
  const key = call.headers['x-client-request-id'];
  const requestId = reply.headers['x-request-id'];
  return typeof key === 'string' && typeof requestId === 'string' ? [{ key, requestId }] : [];
}

/** `POST /openai/v1/responses plan`: method, path without its query and, for text, the name of what is asked for. */
function subjectOf({ method, path, body }: Call): string {
  const subject = `${method} ${path.split('?')[0]}`;
  if (!path.startsWith('/openai/')) return subject;
  const { text } = JSON.parse(body.toString()) as { text?: { format?: { name?: string } } };
  return `${subject} ${text?.format?.name ?? ''}`;
}

/** Enough for a record with its parameters, which may come in several pieces. */
const LONGEST_STATEMENT = 262_144;

/** A TCP server before PostgreSQL that reads the worker's statements, so that the ambush can have it killed at a write. */
export async function startSqlFront(
  databaseUrl: string,
  ambush: Pick<Ambush, 'take' | 'spring' | 'giveBack'>,
) {
  const open = new Set<Socket>();
  const url = new URL(databaseUrl);
  const targetPort = Number(url.port);
  const server = createServer((client) => {
    const upstream = connect(targetPort, '127.0.0.1');
    let statement = '';
    /** Wanted once it is committed. */
    let cut: BoundaryAt<'write'> | null = null;
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        open.delete(socket);
        other.destroy();
        if (cut) ambush.giveBack(cut);
      });
    }
    const strike = (boundary: BoundaryAt<'write'>): void => {
      cut = null;
      upstream.destroy();
      void ambush.spring(boundary, firstWords(statement)).then(() => client.destroy());
    };
    client.on('data', (bytes) => {
      statement = (statement + bytes.toString('latin1')).slice(-LONGEST_STATEMENT);
      const taken = cut ? null : ambush.take('write', statement);
      if (taken?.moment === 'asked') return strike(taken);
      cut ??= taken;
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (cut && isIdle(bytes)) return strike(cut);
      if (!cut) statement = '';
      client.write(bytes);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    async close(): Promise<void> {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
}

const firstWords = (statement: string): string =>
  /(?:insert into|from|update) "\w+"/i.exec(statement)?.[0] ?? '';

/**
 * The server's last word is ReadyForQuery outside a transaction: what was written is committed, by itself or with its
 * transaction (PostgreSQL's documentation, "Message Formats").
 */
const isIdle = (bytes: Buffer): boolean => bytes.subarray(-6).equals(READY_AND_IDLE);
const READY_AND_IDLE = Buffer.from('Z\0\0\0\u0005I', 'latin1');
