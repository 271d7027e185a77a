import type { Account } from '../../account.js';
import {
  embeddingPrice,
  embeddingPriceWords,
  estimatedEmbeddingPrice,
  estimatedTextPrice,
  textPrice,
  textPriceWords,
} from './text-price.js';
import { estimatedMediaPrice, mediaPrice, unitPriceWords } from './media-price.js';
import type { Source } from './table.js';
import type { TextRate } from './text-rate.js';

export type PriceKind = 'text' | 'embedding' | 'image' | 'video';

/** `missing`: the table lacks the model. `old`: its price is of more than 90 days ago. */
export type PriceProblem = 'missing' | 'old';

/** A model that accounts use, and what is known of its price. */
export interface CheckedPrice {
  readonly model: string;
  readonly kind: PriceKind;
  /** The accounts that use it. */
  readonly accounts: readonly string[];
  /** In words; of a missing model the dearest of its kind that we know, which stands in. */
  readonly unitPrice: string;
  /** As in `2026-11-24`; null for a missing model, and for one that the text server itself has a price for. */
  readonly asOf: string | null;
  readonly source: Source | null;
  readonly problem: PriceProblem | null;
}

export const MOST_DAYS = 90;
const DAY_MS = 86_400_000;

/**
 * Every model that the accounts use, once, by kind and name.
 *
 * @param today in ms since 1970
 * @param rate what the text server's tokens cost; null to go by the models' names
 */
export function checkPrices(
  accounts: readonly Account[],
  today: number,
  rate: TextRate | null = null,
): CheckedPrice[] {
  const users = new Map<string, { kind: PriceKind; model: string; accounts: Set<string> }>();
  for (const account of accounts) {
    const { handle } = account;
    for (const [kind, model] of kindsOf(account)) {
      const key = `${kind} ${model}`;
      const entry = users.get(key) ?? { kind, model, accounts: new Set<string>() };
      users.set(key, { ...entry, accounts: entry.accounts.add(handle) });
    }
  }
  return [...users.values()]
    .toSorted((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || (a.model < b.model ? -1 : 1))
    .map(({ kind, model, accounts: using }) => {
      const isRated = (kind === 'text' || kind === 'embedding') && rate !== null;
      const { asOf, source, unitPrice } = isRated ? ratedPrice(rate) : PRICE[kind](model);
      const problem = isRated ? null : asOf === null ? 'missing' : isOld(asOf, today) ? 'old' : null;
      return { model, kind, accounts: [...using].toSorted(), unitPrice, asOf, source, problem };
    });
}

/** How many whole days ago a date in UTC was. `today` in ms since 1970. */
export const daysSince = (date: string, today: number): number =>
  Math.floor((today - Date.parse(date)) / DAY_MS);

const isOld = (asOf: string, today: number): boolean => daysSince(asOf, today) > MOST_DAYS;

const KINDS: readonly PriceKind[] = ['text', 'embedding', 'image', 'video'];

const kindsOf = ({ chat, models }: Account): [PriceKind, string][] => [
  ['text', models.plan],
  ['text', models.draft],
  ...(chat?.enabled ? chatKindsOf(models) : []),
  ['image', models.image],
  ['video', models.video],
];

const chatKindsOf = ({ draft, chat = draft, embedding = null }: Account['models']): [PriceKind, string][] => [
  ['text', chat],
  ...(embedding === null ? [] : [['embedding', embedding] as [PriceKind, string]]),
];

const ratedPrice = (rate: TextRate): FoundPrice => ({ unitPrice: rate.words, asOf: null, source: null });

interface FoundPrice {
  readonly unitPrice: string;
  readonly asOf: string | null;
  readonly source: Source | null;
}

const PRICE: Readonly<Record<PriceKind, (model: string) => FoundPrice>> = {
  text: (model) => found(textPrice(model), textPriceWords(estimatedTextPrice(model))),
  embedding: (model) => found(embeddingPrice(model), embeddingPriceWords(estimatedEmbeddingPrice(model))),
  image: (model) => found(mediaPrice(model), unitPriceWords(estimatedMediaPrice(model, 'picture'))),
  video: (model) => found(mediaPrice(model), unitPriceWords(estimatedMediaPrice(model, 'clip'))),
};

const found = (price: { asOf: string; source: Source } | null, unitPrice: string): FoundPrice => ({
  unitPrice,
  asOf: price?.asOf ?? null,
  source: price?.source ?? null,
});
