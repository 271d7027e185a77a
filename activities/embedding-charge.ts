import type { Charge, ChargeOutcome } from '../contract/money/charge.js';
import type { Nano } from '../contract/money/nano.js';
import { estimateEmbedding, priceEmbedding } from '../contract/money/prices/embedding-price.js';
import { inputTokens } from '../contract/money/prices/usual.js';
import type { Services } from '../services/services.js';
import type { EmbeddingAnswer, EmbeddingQuestion } from '../services/text/text.js';

/** What a server may add to each text of its own, in tokens: where it begins and ends. */
const AROUND = 10;

/** The charges of one call for what texts mean. */
export function embeddingCharges(
  { text, now }: Pick<Services, 'text' | 'now'>,
  { key, model, texts }: EmbeddingQuestion,
) {
  const { provider, offline, rate } = text;
  const expected = inputTokens(texts.reduce((sum, one) => sum + one.length, 0));
  const common = () => ({
    ...({ key, step: 'embedding', provider, prompt: null, offline } as const),
    at: now().toISOString(),
  });
  return {
    /** What a call is estimated to have cost whose answer never came. */
    lost(): Charge {
      const { amount, unitPrice } = estimateEmbedding(model, expected, rate);
      return {
        ...common(),
        ...{ model, quantity: null, unitPrice, amount },
        ...{ basis: 'unknown', outcome: 'lost', requestId: null },
      };
    },
    /** What the server says that it cost; else its tokens by their price; else an estimate. */
    answered(answer: EmbeddingAnswer, outcome: ChargeOutcome): Charge {
      const { usage, requestId } = answer;
      const quantity = usage && `${usage.input} in tokens`;
      return { ...common(), model: answer.model, quantity, ...costOf(answer), outcome, requestId };
    },
    /** The most that the call can cost, nano-USD: no token is shorter than a byte. */
    most(): Nano {
      const tokens = texts.reduce((sum, one) => sum + Buffer.byteLength(one, 'utf8') + AROUND, 0);
      return estimateEmbedding(model, tokens, rate).amount;
    },
  };

  function costOf(answer: EmbeddingAnswer): Pick<Charge, 'amount' | 'unitPrice' | 'basis'> {
    const { billed, usage } = answer;
    if (billed !== null) return { amount: billed, unitPrice: 'as the server says', basis: 'billed' };
    // A compatible server may answer with a name of its own.
    const priced =
      usage && (priceEmbedding(answer.model, usage.input, rate) ?? priceEmbedding(model, usage.input, rate));
    if (priced) return { ...priced, basis: 'priced' };
    const estimate = estimateEmbedding(model, usage?.input ?? expected, rate);
    // Nobody is paid for what one's own server does, however many tokens it took.
    return { ...estimate, basis: estimate.amount === 0 && rate ? 'priced' : 'unknown' };
  }
}
