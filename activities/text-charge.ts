import type { Charge, ChargeOutcome } from '../contract/money/charge.js';
import type { Nano } from '../contract/money/nano.js';
import { estimateText, mostText, plainUsage, priceText } from '../contract/money/prices/text-price.js';
import { inputTokens } from '../contract/money/prices/usual.js';
import type { Services } from '../services/services.js';
import { schemaWords } from '../services/text/json-schema.js';
import { mostOutputTokens, type TextAnswer } from '../services/text/text.js';
import type { PaidQuestion } from './paid-text.js';

/** What a server adds around a prompt of its own, in tokens: roles, separators, what it says of the schema. */
const AROUND = 500;

/** The charges of the attempts at a question. */
export function chargeMaker<T>(services: Services, paid: PaidQuestion<T>) {
  const { rate } = services.text;
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
    /** What a call is estimated to have cost whose answer never came. */
    lost(): Charge {
      const { amount, unitPrice } = estimateText(paid.model, expected, rate);
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
    /** What the server says that it cost; else its tokens by their price; else an estimate. */
    answered(answer: TextAnswer<T>, outcome: ChargeOutcome): Charge {
      return {
        ...common(),
        model: answer.model,
        quantity: quantityOf(answer),
        ...costOf(answer),
        outcome,
        requestId: answer.requestId,
      };
    },
    /**
     * The most that the call can cost, nano-USD: no token is shorter than a byte, and the schema goes along twice where a
     * server that can't hold to it has it told.
     */
    most(): Nano {
      const schema = schemaWords(paid.schema);
      const input = [paid.instructions, paid.input, schema, schema].reduce(
        (sum, part) => sum + bytes(part),
        AROUND,
      );
      return mostText(paid.model, { input, output: mostOutputTokens(paid.maxOutputTokens) }, rate);
    },
  };

  function costOf({
    model,
    usage,
    tier,
    billed,
  }: TextAnswer<T>): Pick<Charge, 'amount' | 'unitPrice' | 'basis'> {
    if (billed !== null) return { amount: billed, unitPrice: 'as the server says', basis: 'billed' };
    // The dated name that answered decides; a compatible server may answer with a name of its own.
    const priced = usage && (priceText(model, usage, tier, rate) ?? priceText(paid.model, usage, tier, rate));
    if (priced) return { ...priced, basis: 'priced' };
    const estimate = estimateText(paid.model, usage ?? expected, rate);
    // Nobody is paid for what one's own server does, however many tokens it took.
    return { ...estimate, basis: estimate.amount === 0 && rate ? 'priced' : 'unknown' };
  }
}

const quantityOf = ({ usage }: TextAnswer<unknown>): string | null =>
  usage &&
  `${usage.input} in (${usage.cached} cached, ${usage.cacheWrite} written), ${usage.output} out tokens`;

const bytes = (text: string): number => Buffer.byteLength(text, 'utf8');
