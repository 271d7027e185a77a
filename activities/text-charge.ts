import type { Charge, ChargeOutcome } from '../contract/charge.js';
import type { Nano } from '../contract/money.js';
import { estimateText, plainUsage, priceText } from '../contract/prices/text-price.js';
import { inputTokens } from '../contract/prices/usual.js';
import type { Services } from '../services/services.js';
import type { TextAnswer } from '../services/text/text.js';
import type { PaidQuestion } from './paid-text.js';

/** The charges of the attempts at a question. */
export function chargeMaker<T>(services: Services, paid: PaidQuestion<T>) {
  const common = () => ({
    key: paid.key,
    step: paid.step,
    provider: services.text.provider,
    prompt: paid.prompt,
    offline: services.text.offline,
    at: services.now().toISOString(),
  });
  const expected = plainUsage(inputTokens(paid.instructions.length + paid.input.length), paid.usualOutput);
  return {
    lost(): Charge {
      const { amount, unitPrice } = estimateText(paid.model, expected);
      return {
        ...common(),
        model: paid.model,
        quantity: null,
        unitPrice,
        amount,
        basis: 'unknown',
        outcome: 'lost',
        requestId: null,
      };
    },
    /** The most that the call can cost, nano-USD. */
    most(): Nano {
      const input = Buffer.byteLength(paid.instructions) + Buffer.byteLength(paid.input);
      return estimateText(paid.model, { ...plainUsage(input, paid.maxOutputTokens), cacheWrite: input })
        .amount;
    },
    answered(answer: TextAnswer<T>, outcome: ChargeOutcome): Charge {
      const { usage, tier } = answer;
      // The dated name that answered decides; a compatible server may answer with a name of its own.
      const priced = usage && (priceText(answer.model, usage, tier) ?? priceText(paid.model, usage, tier));
      const { amount, unitPrice } = priced ?? estimateText(paid.model, usage ?? expected);
      return {
        ...common(),
        model: answer.model,
        quantity:
          usage &&
          `${usage.input} in (${usage.cached} cached, ${usage.cacheWrite} written), ${usage.output} out tokens`,
        unitPrice,
        amount,
        basis: priced ? 'priced' : 'unknown',
        outcome,
        requestId: answer.requestId,
      };
    },
  };
}
