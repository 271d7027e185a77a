import Big from 'big.js';
import type { Nano } from '../nano.js';

/** A decimal amount of US dollars, of any length, as nano-USD: rounded once, half up. */
export const exactNano = (usd: Big): Nano => usd.times(1_000_000_000).round(0, Big.roundHalfUp).toNumber();
