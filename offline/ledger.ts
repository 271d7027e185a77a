import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * An append-only file of one JSON value a line. A row is handed to the operating system before `append` returns, so it
 * outlives a kill of the process at any later moment. A line torn by an earlier kill is passed over when reading.
 */
export class JsonLog<T> {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
    // Ends a line that a kill left half written, so that the next row does not join it.
    if (existsSync(file) && !/(^|\n)$/.test(readFileSync(file, 'utf8'))) appendFileSync(file, '\n');
  }

  append(row: T): void {
    appendFileSync(this.#file, `${JSON.stringify(row)}\n`);
  }

  read(): T[] {
    if (!existsSync(this.#file)) return [];
    return readFileSync(this.#file, 'utf8')
      .split('\n')
      .flatMap(parsed<T>);
  }
}

function parsed<T>(line: string): T[] {
  try {
    return [JSON.parse(line) as T];
  } catch {
    return [];
  }
}

/** What a stand-in "billed" for one call. No money moves: it is what the real provider would have charged by its list. */
export interface LedgerEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly provider: 'openai' | 'fal';
  /** `x-request-id` of OpenAI, the queue's request id of fal. */
  readonly requestId: string;
  readonly model: string;
  /** Tokens in all, or the endpoint's billing units. */
  readonly quantity: number;
  /**
   * Nano-USD after the discount. A job that ended unbilled is given back by a second row with negative quantity and amount; a
   * correction is a row of quantity 0.
   */
  readonly amountNano: number;
  readonly usage?: TokenUsage;
}

/** Tokens of one call. `cached` is part of `input`. */
export interface TokenUsage {
  readonly input: number;
  readonly cached: number;
  readonly output: number;
}

/** The bill, written before the call is answered. */
export class BillingLedger {
  readonly #log: JsonLog<LedgerEntry>;

  constructor(folder: string) {
    this.#log = new JsonLog(join(folder, 'ledger.jsonl'));
  }

  bill(entry: Omit<LedgerEntry, 'at'>): void {
    this.#log.append({ at: new Date().toISOString(), ...entry });
  }

  entries(): LedgerEntry[] {
    return this.#log.read();
  }
}
