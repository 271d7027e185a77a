import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** A payment as the provider has it in its own books. */
export interface Payment {
  readonly key: string;
  readonly batchId: string;
  readonly amount: number;
}

/** The provider's own ledger: a file that only grows, a line a payment, on disk before the provider answers. */
export class Ledger {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  pay({ key, batchId, amount }: Payment): void {
    const file = openSync(this.#file, 'a');
    writeSync(file, `${key} ${batchId} ${amount}\n`);
    fsyncSync(file);
    closeSync(file);
  }

  payments(): Payment[] {
    if (!existsSync(this.#file)) return [];
    const lines = readFileSync(this.#file, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => {
      const [key = '', batchId = '', amount] = line.split(' ');
      return { key, batchId, amount: Number(amount) };
    });
  }
}
