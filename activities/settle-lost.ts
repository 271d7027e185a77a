import type { Charge } from '../contract/money/charge.js';
import type { Payer } from '../contract/money/spend.js';
import type { ChargeStep } from '../contract/states.js';
import type { Services } from '../services/services.js';
import { withHeartbeat } from './heartbeat.js';

/** A call whose attempt died with its worker. */
export interface DeadCall {
  /** The key of its charge. */
  readonly key: string;
  readonly step: ChargeStep;
  readonly model: string;
  readonly payer: Payer;
}

export const createSettleLost = (services: Services) => ({
  /**
   * What an attempt that died with its worker may have paid: the charge that it wrote down itself; else an unknown one, of
   * what was held for it; nothing where nothing was held, since nothing was sent then. May be repeated.
   */
  settleLost({ key, step, model, payer }: DeadCall): Promise<Charge[]> {
    const { archive, text, now } = services;
    return withHeartbeat(null, async () => {
      const { charge, held } = await archive.ledger.findCall(key);
      if (charge) return [charge];
      if (held === null) return [];
      const lost: Charge = {
        ...{ key, step, model, provider: text.provider, offline: text.offline },
        ...{ quantity: null, unitPrice: null, amount: held, basis: 'unknown', outcome: 'lost' },
        ...{ requestId: null, prompt: null, at: now().toISOString() },
      };
      return archive.ledger.settle({ payer, charges: [lost] });
    });
  },
});
