import type { Charge, ChargeOutcome } from '../contract/money/charge.js';
import type { Nano } from '../contract/money/nano.js';
import {
  estimateEmbedding,
  estimateText,
  mostOutputTokens,
  mostText,
  plainUsage,
  priceEmbedding,
  priceText,
  type PricedText,
  type TextUsage,
} from '../contract/money/prices/text-price.js';
import { inputTokens } from '../contract/money/prices/estimate.js';
import type { Services } from '../services/services.js';
import { schemaWords } from '../services/text/json-schema.js';
import type { EmbeddingQuestion, Paid } from '../services/text/text.js';
import type { PaidTextQuestion } from './paid-text.js';

/** One paid call, and how its tokens are priced. */
interface PricedCall extends Pick<Charge, 'key' | 'step' | 'model' | 'prompt'> {
  /** What it is expected to use. */
  readonly expected: TextUsage;
  /** The most that it can cost, nano-USD. */
  readonly most: () => Nano;
  readonly estimate: (usage: TextUsage) => PricedText;
  /** Null for a model without a price. */
  readonly price: (model: string, usage: TextUsage, tier: string | null) => PricedText | null;
  readonly quantity: (usage: TextUsage) => string;
}

/** What a server adds around a prompt of its own, in tokens: roles, separators, what it says of the schema. */
const AROUND_PROMPT = 500;
/** What a server may add to each text whose meaning is asked for, in tokens: where it begins and ends. */
const AROUND_TEXT = 10;

/** The charges of the attempts at a question. */
export function textCharges<T>(services: Services, paid: PaidTextQuestion<T>) {
  const { key, step, model, prompt, instructions, input, usualOutput } = paid;
  const { rate } = services.text;
  return chargesFor(services, {
    key,
    step,
    model,
    prompt,
    expected: plainUsage(inputTokens(instructions.length + input.length), usualOutput),
    // No token is shorter than a byte, and the schema goes along twice where a server that can't hold to it has it told.
    most() {
      const schema = schemaWords(paid.schema);
      const most = bytesIn([instructions, input, schema, schema]) + AROUND_PROMPT;
      return mostText(model, { input: most, output: mostOutputTokens(paid.maxOutputTokens) }, rate);
    },
    estimate: (usage) => estimateText(model, usage, rate),
    price: (name, usage, tier) => priceText(name, usage, tier, rate),
    quantity: ({ input: tokens, cached, cacheWrite, output }) =>
      `${tokens} in (${cached} cached, ${cacheWrite} written), ${output} out tokens`,
  });
}

/** The charges of one call for what texts mean. */
export function embeddingCharges(
  services: Pick<Services, 'text' | 'now'>,
  { key, model, texts }: EmbeddingQuestion,
) {
  const { rate } = services.text;
  return chargesFor(services, {
    key,
    step: 'embedding',
    model,
    prompt: null,
    expected: plainUsage(inputTokens(texts.join('').length), 0),
    most: () => estimateEmbedding(model, bytesIn(texts) + AROUND_TEXT * texts.length, rate).amount,
    estimate: (usage) => estimateEmbedding(model, usage.input, rate),
    price: (name, usage) => priceEmbedding(name, usage.input, rate),
    quantity: (usage) => `${usage.input} in tokens`,
  });
}

const bytesIn = (texts: readonly string[]): number =>
  texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), 0);

function chargesFor({ text, now }: Pick<Services, 'text' | 'now'>, call: PricedCall) {
  const { key, step, model, prompt, expected, most, estimate, price, quantity } = call;
  const { provider, offline } = text;
  const common = () => ({ key, step, provider, prompt, offline, at: now().toISOString() });
  const costOf = ({ model: answered, usage, tier, billed }: Paid) => {
    if (billed !== null) return { amount: billed, unitPrice: 'as the server says', basis: 'billed' } as const;
    // The dated name that answered decides; a compatible server may answer with a name of its own.
    const priced = usage && (price(answered, usage, tier) ?? price(model, usage, tier));
    if (priced) return { ...priced, basis: 'priced' } as const;
    const estimated = estimate(usage ?? expected);
    // Nobody is paid for what one's own server does, however many tokens it took.
    const isFree = estimated.amount === 0 && text.rate !== null;
    return { ...estimated, basis: isFree ? 'priced' : 'unknown' } as const;
  };
  return {
    most,
    /** What a call is estimated to have cost whose answer never came. */
    lost: (): Charge => ({
      ...common(),
      ...estimate(expected),
      model,
      quantity: null,
      basis: 'unknown',
      outcome: 'lost',
      requestId: null,
    }),
    /** What the server says that it cost; else its tokens by their price; else an estimate. */
    answered: (answer: Paid, outcome: ChargeOutcome): Charge => ({
      ...common(),
      ...costOf(answer),
      model: answer.model,
      quantity: answer.usage && quantity(answer.usage),
      outcome,
      requestId: answer.requestId,
    }),
  };
}
