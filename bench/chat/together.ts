/** Figure 19: how much later than the provider's own time 200 conversations, begun at once, get their answers. */
import { readChatSet } from '../../test/chat-questions/chat-set.js';
import { median, percentile, type Figure } from '../lab/print.js';
import { cpuMs } from '../lab/process.js';
import { askFloor } from './ask-floor.js';
import { openChatStage, type Engine } from './stage.js';

/** As long as a text model takes, in ms. */
const TEXT_MS = 6_000;

export interface Together {
  readonly conversations: number;
  readonly engine: Engine;
}

export async function runTogether({ conversations, engine }: Together): Promise<Figure[]> {
  const questions = readChatSet().questions.filter(({ posts }) => posts.length > 0);
  const stage = await openChatStage({ engine, textMs: TEXT_MS });
  try {
    const { account, copydesk, workerPid, serverPid } = stage;
    const ask = async (at: number): Promise<number | null> => {
      const { question } = questions[at % questions.length]!;
      const began = performance.now();
      const { outcome } = await copydesk.chats.ask({ account, question, visitor: `visitor ${at}` });
      // What no post has to do with is declined at once: it says nothing about waiting.
      return outcome === 'nothing_found' ? null : performance.now() - began;
    };
    // A worker's first answer loads what the later ones find loaded.
    await ask(0);
    const [workerMs, serverMs] = [cpuMs(workerPid), cpuMs(serverPid)];
    const asked = await allOf(conversations, ask);
    const cpu = [cpuMs(workerPid) - workerMs, cpuMs(serverPid) - serverMs];
    const floor = await allOf(conversations, await askFloor(stage, { textMs: TEXT_MS, conversations }));
    const cpuEach = cpu.map((ms) => (ms / conversations).toFixed(0)).join(' and ');
    return [
      {
        figure: '19',
        what: `${conversations} conversations at once over ${engine}: an answer over the provider's ${TEXT_MS / 1_000} s, median / p95 / most`,
        measured: `${ratiosOf(asked.ms)}, of ${asked.ms.length} paid for; ${asked.failed} failed; CPU of worker and server ${cpuEach} ms each`,
        floor: ratiosOf(floor.ms),
        reach: '≤ 1.2',
      },
    ];
  } finally {
    await stage.close();
  }
}

interface Asked {
  readonly ms: readonly number[];
  readonly failed: number;
}

/** All begun at once. A question that fails is counted, and its reason told. */
async function allOf(count: number, ask: (at: number) => Promise<number | null>): Promise<Asked> {
  const asked = await Promise.allSettled(Array.from({ length: count }, (_, at) => ask(at)));
  const failed = asked.filter((one) => one.status === 'rejected');
  for (const { reason } of failed) console.error(`  failed: ${String(reason)}`);
  return {
    ms: asked.flatMap((one) => (one.status === 'fulfilled' ? (one.value ?? []) : [])),
    failed: failed.length,
  };
}

const ratiosOf = (times: readonly number[]): string =>
  [median(times), percentile(times, 0.95), Math.max(...times)]
    .map((ms) => (ms / TEXT_MS).toFixed(2))
    .join(' / ');
